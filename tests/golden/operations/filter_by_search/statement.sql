SELECT row_to_json(row_2.*) AS json
FROM
  (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS list0
   FROM
     (SELECT specialists.id AS "id",
             specialists.name AS "name"
      FROM specialists AS specialists
      WHERE specialists.deleted_at IS NULL
        AND specialists.id IN
          (SELECT specialist_words.specialist_id
           FROM specialist_words AS specialist_words
           WHERE specialist_words.organization_id = $1::BIGINT
             AND specialist_words.word >= $2::VARCHAR
             AND specialist_words.word < $3::VARCHAR)
        AND specialists.id IN
          (SELECT specialist_words_2.specialist_id
           FROM specialist_words AS specialist_words_2
           WHERE specialist_words_2.organization_id = $1::BIGINT
             AND specialist_words_2.word >= $4::VARCHAR
             AND specialist_words_2.word < $5::VARCHAR)
        AND specialists.organization_id = $1::BIGINT
      ORDER BY specialists.id ASC
      LIMIT $6::BIGINT
      OFFSET $7::BIGINT) AS page,
        LATERAL
     (SELECT CAST(page.id AS TEXT) AS "id",
             page.name AS "name") AS row_1) AS lists,
     LATERAL
  (SELECT lists.list0 AS "nodes") AS row_2
