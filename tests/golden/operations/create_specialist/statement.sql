select cast($1 as bigint) is null
or exists
  (select
   from users as member
   where member.organization_id = $2
     and member.id = cast($1 as bigint)) as user_exists,
  (select count(*)
   from specialties as specialty
   where specialty.organization_id = $2
     and specialty.id = any(cast($3 as bigint[]))) as specialties
;

with new_specialist as
  (insert into specialists (organization_id, name, title, description, slug, user_id, signature_url, avatar_url, scheduling_timezone, scheduling_active, minicrm_name)
   values ($1,
           $2,
           $3,
           $4,
           $5,
           $6,
           $7,
           $8,
           $9,
           $10,
           $11) returning id),
     new_links as
  (insert into specialist_specialties (organization_id, specialist_id, specialty_id) select $1,
                                                                                            new_specialist.id,
                                                                                            specialty.id
   from new_specialist,
        unnest(cast($12 as bigint[])) as specialty (id)),
     new_words as
  (insert into specialist_words (organization_id, word, specialist_id) select $1,
                                                                              new_word.word,
                                                                              new_specialist.id
   from new_specialist,
        unnest(cast($13 as text[])) as new_word (word))
select id
from new_specialist
;

SELECT row_to_json(row_3.*) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT CAST(specialists.id AS TEXT) AS "id",
          CAST(specialists.organization_id AS TEXT) AS "organizationId",
          specialists.name AS "name",
          specialists.slug AS "slug",
          to_char(timezone('utc', specialists.created_at), 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS "createdAt",
     (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS coalesce_1
      FROM
        (SELECT specialties.title AS "title"
         FROM specialist_specialties AS specialist_specialties
         JOIN specialties AS specialties ON specialist_specialties.specialty_id = specialties.id
         WHERE specialist_specialties.organization_id = $1::BIGINT
           AND specialties.organization_id = $1::BIGINT
           AND specialist_specialties.specialist_id = specialists.id
         ORDER BY specialties.title ASC,
                  specialties.id ASC) AS row_1) AS "specialties",
     (SELECT row_to_json(row_2.*)
      FROM
        (SELECT users.username AS "username"
         FROM users AS users
         WHERE users.organization_id = $1::BIGINT
           AND users.id = specialists.user_id) AS row_2) AS "user") AS row_3
WHERE specialists.organization_id = $1::BIGINT
  AND specialists.id = $2::BIGINT
