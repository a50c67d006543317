select concat('{"data":{"national":{"overview":[', string_agg(city, ','), ']}}}')
from (
  select concat(
    '{"id":"cty_c', to_hex(c.id), '","name":', to_json(c.name),
    ',"innovationStates":[', s.counts, '],"innovationDimensions":[', d.counts, ']}') as city
  from city c
  left join (
    select tenant_id, string_agg(concat('{"state":"', upper(state), '","count":', n, '}'), ',') as counts
    from (
      select tenant_id, state, count(*) as n from innovation
      group by tenant_id, state order by tenant_id, state
    ) counted
    group by tenant_id
  ) s on s.tenant_id = c.id
  left join (
    select tenant_id, string_agg(concat(
      '{"dimension":{"id":"dim_', replace(dimension_id::text, '-', ''), '"},"count":', n, '}'), ',') as counts
    from (
      select tenant_id, dimension_id, count(*) as n from innovation
      group by tenant_id, dimension_id order by tenant_id, dimension_id
    ) counted
    group by tenant_id
  ) d on d.tenant_id = c.id
  order by c.name, c.id
) nation
