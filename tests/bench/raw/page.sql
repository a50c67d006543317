select concat('{"data":{"city":', (
  select concat(
    '{"id":"cty_c', to_hex(c.id), '","name":', to_json(c.name), ',"innovations":{"nodes":[',
    string_agg(i.node, ',') filter (where i.place <= 50),
    '],"pageInfo":{"hasNextPage":', (count(*) > 50)::text,
    ',"endCursor":', coalesce('"' || max(i.cursor) filter (where i.place = 50) || '"', 'null'), '}}}')
  from city c, (
    select
      row_number() over () as place,
      extract(epoch from i.created_at) || ':' || i.id as cursor,
      concat(
        '{"id":"inn_', replace(i.id::text, '-', ''), to_hex(i.tenant_id),
        '","name":', to_json(i.name), ',"state":"', upper(i.state), '","kind":"', upper(i.kind),
        '","solution":', to_json(i.solution), ',"budgetRupiah":"', trim_scale(i.budget_rupiah),
        '","createdAt":', to_json(i.created_at), ',"unit":', (
          select concat(
            '{"id":"unt_', replace(u.id::text, '-', ''), to_hex(u.tenant_id),
            '","name":', to_json(u.name), '}')
          from unit u where u.tenant_id = $1 and u.id = i.unit_id
        ), ',"latestReview":', coalesce((
          select concat(
            '{"id":"rev_', replace(r.id::text, '-', ''), to_hex(r.tenant_id),
            '","revision":', r.revision,
            ',"verdict":', coalesce('"' || upper(r.verdict) || '"', 'null'),
            ',"comment":', to_json(r.comment), ',"createdAt":', to_json(r.created_at), '}')
          from review r where r.tenant_id = $1 and r.innovation_id = i.id
          order by r.id desc limit 1), 'null'), '}') as node
    from (
      select * from innovation where tenant_id = $1 order by created_at desc, id desc limit 51
    ) i
  ) i
  where c.slug = $2 group by c.id), '}}')
