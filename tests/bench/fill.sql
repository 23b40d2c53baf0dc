-- Fills organizations bench.first to bench.last with bench.specialists specialists each, as an admin of each;
-- where bench.busy holds, every specialist has a user, weekly hours and overrides, too.
do $$
declare
    size int := current_setting('bench.specialists');
    busy boolean := current_setting('bench.busy');
    tenant bigint;
    specialty_ids bigint[];
    user_ids bigint[];
begin
    perform set_config('app.role', 'admin', true);
    for number in current_setting('bench.first')::int .. current_setting('bench.last')::int loop
        tenant := organization_of('org_bench_' || number, 'bench-' || number);
        perform set_config('app.organization_id', tenant::text, true);

        insert into specialties (organization_id, title, slug)
        select tenant, title, lower(replace(title, ' ', '-'))
        from unnest(array[
            'Cardiology', 'Dermatology', 'Emergency Medicine', 'Endocrinology', 'General Practice', 'Geriatrics',
            'Gynecology', 'Internal Medicine', 'Neurology', 'Oncology', 'Orthopedics', 'Pediatrics',
            'Physiotherapy', 'Psychiatry', 'Sports Medicine'
        ]) as title;
        specialty_ids := array(select id from specialties where organization_id = tenant order by id);

        insert into users (organization_id, clerk_id, email, username, role)
        select
            tenant, format('user_bench_%s_%s', number, n), format('specialist%s@clinic%s.example.com', n, number),
            format('specialist%s', n), 'specialist'
        from generate_series(1, size) as n
        where busy;
        user_ids := array(select id from users where organization_id = tenant order by id);

        insert into specialists (
            organization_id, user_id, name, title, description, slug, signature_url, avatar_url,
            scheduling_timezone, minicrm_name, created_at
        )
        select
            tenant,
            user_ids[n],
            format(
                'Dr. %s %s',
                (array['Ada', 'Ben', 'Clara', 'David', 'Elena', 'Felix', 'Grace', 'Hugo', 'Irina', 'Jonas'])[1 + n % 10],
                (array['Adler', 'Brown', 'Costa', 'Duval', 'Evans', 'Fischer', 'Garcia'])[1 + n % 7]
            ),
            (array['Senior Consultant', 'Consultant', 'Chief Physician', 'Resident'])[1 + n % 4],
            format('Sees patients of all ages since %s, in person and by video, in three languages.', 1980 + n % 40),
            format('specialist-%s', n),
            format('https://files.example.com/%s/signatures/%s.png', number, n),
            format('https://files.example.com/%s/portraits/%s.png', number, n),
            (array['Europe/Bucharest', 'Europe/Paris', 'America/New_York'])[1 + n % 3],
            format('Specialist %s', n),
            timestamptz '2026-01-01 08:00:00Z' + n * interval '1 second'
        from generate_series(1, size) as n;

        insert into specialist_specialties (organization_id, specialist_id, specialty_id)
        select tenant, id, specialty_ids[1 + (id * 7 + k * 4) % 15]
        from specialists, generate_series(0, 1 + id % 2) as k
        where organization_id = tenant;

        insert into specialist_words (organization_id, word, specialist_id)
        select distinct tenant, found.word[1], id
        from specialists, regexp_matches(lower(name || ' ' || title), '[a-z0-9]+', 'g') as found (word)
        where organization_id = tenant;

        insert into weekly_hours (organization_id, specialist_id, day_of_week, start_time, end_time)
        select tenant, id, day, '09:00', '13:30'
        from specialists, generate_series(1, 5) as day
        where organization_id = tenant and busy;

        insert into overrides (
            organization_id, specialist_id, date, end_date, is_available, start_time, end_time, reason
        )
        select tenant, id, away.*
        from specialists, (values
            (date '2026-03-02', date '2026-03-13', false, null, null, 'Holiday'),
            (date '2026-04-18', null, true, time '10:00', time '14:00', 'Open Saturday')
        ) as away
        where organization_id = tenant and busy;
    end loop;
end $$
