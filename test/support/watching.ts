// The dashboard, the alert rules and the scaling of workers, as they are shipped.

import { readFileSync } from 'node:fs'
import { parse } from 'yaml'

export const textOf = (path: string) =>
  readFileSync(new URL(`../../${path}`, import.meta.url), 'utf8')

type Expression = { of: string; expr: string }

const { panels } = JSON.parse(textOf('docs/deploy/grafana/postern.json')) as {
  panels: { title: string; targets?: { expr: string }[] }[]
}
export const drawn: Expression[] = panels.flatMap(({ title, targets = [] }) =>
  targets.map(({ expr }) => ({ of: title, expr })),
)

type Rule = Expression & { alert: string; annotations: { runbook: string } }

const { groups } = parse(textOf('docs/deploy/prometheus/alerts.yml')) as {
  groups: { rules: Omit<Rule, 'of'>[] }[]
}
export const rules: Rule[] = groups.flatMap((group) =>
  group.rules.map((rule) => ({ ...rule, of: rule.alert })),
)

const { metadata, spec } = parse(textOf('docs/deploy/kubernetes/worker-scaling.yaml')) as {
  metadata: { name: string }
  spec: { triggers: { metadata: { query: string } }[] }
}
export const scalers: Expression[] = spec.triggers.map((trigger) => ({
  of: metadata.name,
  expr: trigger.metadata.query,
}))
