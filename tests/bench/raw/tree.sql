select concat('{"data":{"city":', (
  select concat('{"id":"cty_c', to_hex(c.id), '","name":', to_json(c.name), ',"participations":{"nodes":[', (
    select string_agg(concat(
        '{"id":"par_', replace(p.id::text, '-', ''), to_hex(p.tenant_id),
        '","stage":"', upper(p.stage), '","masterplan":', coalesce((
          select concat(
            '{"id":"mpl_', replace(m.id::text, '-', ''), to_hex(m.tenant_id),
            '","title":', to_json(m.title), ',"periodStart":', m.period_start,
            ',"periodEnd":', m.period_end, ',"programmes":{"nodes":[', (
              select string_agg(concat(
                  '{"id":"prg_', replace(g.id::text, '-', ''), to_hex(g.tenant_id),
                  '","code":', to_json(g.code),
                  ',"permendagriCode":', coalesce(to_json(g.permendagri_code)::text, 'null'),
                  ',"name":', to_json(g.name), ',"horizon":"', upper(g.horizon),
                  '","isQuickWin":', g.is_quick_win::text, ',"sdgs":', to_json(g.sdgs),
                  ',"indicator":', to_json(g.indicator), ',"indicatorUnit":', to_json(g.indicator_unit),
                  ',"baseline":', coalesce('"' || trim_scale(g.baseline) || '"', 'null'),
                  ',"dimension":', (
                    select concat(
                      '{"id":"dim_', replace(d.id::text, '-', ''), '","code":', to_json(d.code),
                      ',"name":', to_json(d.name), '}')
                    from dimension d where d.id = g.dimension_id
                  ), ',"leadUnit":', (
                    select concat(
                      '{"id":"unt_', replace(u.id::text, '-', ''), to_hex(u.tenant_id),
                      '","name":', to_json(u.name), ',"shortName":', to_json(u.short_name), '}')
                    from unit u where u.tenant_id = $1 and u.id = g.lead_unit_id
                  ), '}'), ',')
              from (
                select * from programme where tenant_id = $1 and masterplan_id = m.id
                order by code, id limit 100
              ) g
            ), ']}}')
          from masterplan m where m.tenant_id = $1 and m.participation_id = p.id), 'null'), '}'), ',')
    from (
      select * from participation where tenant_id = $1 order by created_at desc, id desc limit 1
    ) p
  ), ']}}')
  from city c where c.slug = $2), '}}')
