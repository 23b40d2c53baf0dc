select pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2, $3)) as claimed
;

select record.body_digest,
       record.status,
       record.headers,
       record.body
from idempotency_keys as record
where record.organization_id = $1
  and record.route = $2
  and record.key = $3
  and record.created_at > now() - interval '24 hours'
;

insert into specialties (organization_id, title, slug)
values ($1, $2, $3) returning id
;

SELECT row_to_json(row_1.*) AS "json",
       specialties.id AS "id",
       specialties.version AS "version"
FROM specialties AS specialties,
     LATERAL
  (SELECT CAST(specialties.id AS TEXT) AS "id",
          specialties.title AS "title") AS row_1
WHERE specialties.organization_id = $1::BIGINT
  AND specialties.id = $2::BIGINT
;

delete
from idempotency_keys as record
where record.organization_id = $1
  and record.created_at <= now() - interval '24 hours'
  and ((record.route = $2
        and record.key = $3)
       or record.ctid = any (array
                               (select expired.ctid
                                from idempotency_keys as expired
                                where expired.organization_id = $1
                                  and expired.created_at <= now() - interval '24 hours'
                                order by expired.created_at
                                limit 100)))
;

insert into idempotency_keys (organization_id, route, key, body_digest, status, headers, body)
values ($1, $2, $3, $4, $5, $6, $7)
;

select pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2, $3)) as claimed
;

select record.body_digest,
       record.status,
       record.headers,
       record.body
from idempotency_keys as record
where record.organization_id = $1
  and record.route = $2
  and record.key = $3
  and record.created_at > now() - interval '24 hours'
;

select pg_try_advisory_xact_lock(hashtextextended($1 || ' ' || $2, $3)) as claimed
;

select record.body_digest,
       record.status,
       record.headers,
       record.body
from idempotency_keys as record
where record.organization_id = $1
  and record.route = $2
  and record.key = $3
  and record.created_at > now() - interval '24 hours'
;

SELECT row_to_json(row_1.*) AS "json",
       specialties.id AS "id",
       specialties.version AS "version"
FROM specialties AS specialties,
     LATERAL
  (SELECT specialties.slug AS "slug") AS row_1
WHERE specialties.organization_id = $1::BIGINT
  AND specialties.id = $2::BIGINT
