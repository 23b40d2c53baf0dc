select version,
       deleted_at,
       name,
       title,
       scheduling_timezone
from specialists as record
where record.organization_id = $1
  and record.id = $2
  for
  update
;

with new_rows as
  (select distinct *
   from unnest(cast($1 as smallint[]), cast($2 as time without time zone[]), cast($3 as time without time zone[])) as new_rows (day_of_week, start_time, end_time)),
     deleted as
  (delete
   from weekly_hours as record
   where record.organization_id = $4
     and record.specialist_id = $5
     and not exists
       (select
        from new_rows
        where record.day_of_week is not distinct
          from new_rows.day_of_week
          and record.start_time is not distinct
          from new_rows.start_time
          and record.end_time is not distinct
          from new_rows.end_time) returning 1),
     inserted as
  (insert into weekly_hours (organization_id, specialist_id, day_of_week, start_time, end_time) select $4,
                                                                                                       $5,
                                                                                                       day_of_week,
                                                                                                       start_time,
                                                                                                       end_time
   from new_rows
   where not exists
       (select
        from weekly_hours as record
        where record.organization_id = $4
          and record.specialist_id = $5
          and record.day_of_week is not distinct
          from new_rows.day_of_week
          and record.start_time is not distinct
          from new_rows.start_time
          and record.end_time is not distinct
          from new_rows.end_time) returning 1)
update specialists as specialist
set version = version + 1
where specialist.organization_id = $4
  and specialist.id = $5
  and (exists
         (select
          from deleted)
       or exists
         (select
          from inserted))
;

SELECT row_to_json(row_2.*) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT
     (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS coalesce_1
      FROM
        (SELECT weekly_hours.day_of_week AS "dayOfWeek",
                to_char(weekly_hours.start_time, 'HH24:MI') AS "startTime",
                to_char(weekly_hours.end_time, 'HH24:MI') AS "endTime"
         FROM weekly_hours AS weekly_hours
         WHERE weekly_hours.organization_id = $1::BIGINT
           AND weekly_hours.specialist_id = specialists.id
         ORDER BY weekly_hours.day_of_week ASC,
                  weekly_hours.start_time ASC,
                  weekly_hours.id ASC) AS row_1) AS "weeklyHours") AS row_2
WHERE specialists.organization_id = $1::BIGINT
  AND specialists.id = $2::BIGINT
;

select version,
       deleted_at,
       name,
       title,
       scheduling_timezone
from specialists as record
where record.organization_id = $1
  and record.id = $2
  for
  update
;

with new_rows as
  (select distinct *
   from unnest(cast($1 as date[]), cast($2 as date[]), cast($3 as boolean[]), cast($4 as time without time zone[]), cast($5 as time without time zone[]), cast($6 as bigint[]), cast($7 as text[])) as new_rows (date, end_date, is_available, start_time, end_time, appointment_type_id, reason)),
     deleted as
  (delete
   from overrides as record
   where record.organization_id = $8
     and record.specialist_id = $9
     and not exists
       (select
        from new_rows
        where record.date is not distinct
          from new_rows.date
          and record.end_date is not distinct
          from new_rows.end_date
          and record.is_available is not distinct
          from new_rows.is_available
          and record.start_time is not distinct
          from new_rows.start_time
          and record.end_time is not distinct
          from new_rows.end_time
          and record.appointment_type_id is not distinct
          from new_rows.appointment_type_id
          and record.reason is not distinct
          from new_rows.reason) returning 1),
     inserted as
  (insert into overrides (organization_id, specialist_id, date, end_date, is_available, start_time, end_time, appointment_type_id, reason) select $8,
                                                                                                                                                  $9, date, end_date,
                                                                                                                                                            is_available,
                                                                                                                                                            start_time,
                                                                                                                                                            end_time,
                                                                                                                                                            appointment_type_id,
                                                                                                                                                            reason
   from new_rows
   where not exists
       (select
        from overrides as record
        where record.organization_id = $8
          and record.specialist_id = $9
          and record.date is not distinct
          from new_rows.date
          and record.end_date is not distinct
          from new_rows.end_date
          and record.is_available is not distinct
          from new_rows.is_available
          and record.start_time is not distinct
          from new_rows.start_time
          and record.end_time is not distinct
          from new_rows.end_time
          and record.appointment_type_id is not distinct
          from new_rows.appointment_type_id
          and record.reason is not distinct
          from new_rows.reason) returning 1)
update specialists as specialist
set version = version + 1
where specialist.organization_id = $8
  and specialist.id = $9
  and (exists
         (select
          from deleted)
       or exists
         (select
          from inserted))
;

SELECT row_to_json(row_2.*) AS "json",
       specialists.id AS "id",
       specialists.version AS "version"
FROM specialists AS specialists,
     LATERAL
  (SELECT
     (SELECT coalesce(json_agg(row_to_json(row_1.*)), '[]') AS coalesce_1
      FROM
        (SELECT overrides.date AS "date",
                overrides.is_available AS "isAvailable",
                overrides.reason AS "reason"
         FROM overrides AS overrides
         WHERE overrides.organization_id = $1::BIGINT
           AND overrides.specialist_id = specialists.id
         ORDER BY overrides.date ASC,
                  overrides.start_time ASC NULLS FIRST,
                  overrides.id ASC) AS row_1) AS "overrides") AS row_2
WHERE specialists.organization_id = $1::BIGINT
  AND specialists.id = $2::BIGINT
