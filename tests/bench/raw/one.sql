select concat('{"data":{"node":', (
  select concat(
    '{"id":"inn_', replace(i.id::text, '-', ''), to_hex(i.tenant_id),
    '","name":', to_json(i.name), ',"state":"', upper(i.state), '","kind":"', upper(i.kind),
    '","maturity":"', upper(i.maturity), '","problem":', to_json(i.problem),
    ',"solution":', to_json(i.solution), ',"benefit":', to_json(i.benefit),
    ',"budgetRupiah":"', trim_scale(i.budget_rupiah), '","createdAt":', to_json(i.created_at),
    ',"createdBy":{"id":"prs_', replace(a.id::text, '-', ''), '","name":', to_json(a.name),
    '},"unit":{"id":"unt_', replace(u.id::text, '-', ''), to_hex(u.tenant_id),
    '","name":', to_json(u.name), ',"shortName":', to_json(u.short_name), '},"reviews":[', (
      select string_agg(concat(
          '{"id":"rev_', replace(r.id::text, '-', ''), to_hex(r.tenant_id),
          '","revision":', r.revision,
          ',"verdict":', coalesce('"' || upper(r.verdict) || '"', 'null'),
          ',"comment":', to_json(r.comment), ',"createdAt":', to_json(r.created_at),
          ',"closedAt":', coalesce(to_json(r.closed_at)::text, 'null'),
          ',"reviewer":', (
            select concat('{"id":"prs_', replace(e.id::text, '-', ''), '","name":', to_json(e.name), '}')
            from person e where e.id = r.reviewer_id
          ), '}'), ',')
      from (select * from review where tenant_id = $1 and innovation_id = i.id order by id) r
    ), ']}')
  from innovation i
  join person a on a.id = i.created_by
  join unit u on u.tenant_id = $1 and u.id = i.unit_id
  where i.tenant_id = $1 and i.id = $2), '}}')
