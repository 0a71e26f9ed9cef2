// The names in an expression of PromQL: its metrics, with the labels that it selects them by, and the labels that it groups by.

import type { SyntaxNode } from '@lezer/common'
import { parser } from '@prometheus-io/lezer-promql'

type Matcher = { label: string; operator: string; values: readonly string[] }

export type Selector = { metric: string; matchers: readonly Matcher[] }

/** Grafana puts a duration there. */
const VARIABLES = /\$__rate_interval|\$__range/g

const childrenOf = (node: SyntaxNode, name: string): SyntaxNode[] => {
  const found: SyntaxNode[] = []
  node.cursor().iterate((each) => {
    if (each.name === name) found.push(each.node)
  })
  return found
}

/** @throws {Error} where the expression is not PromQL. */
export const readPromql = (given: string): { selectors: Selector[]; groups: string[] } => {
  const text = given.replaceAll(VARIABLES, '5m')
  const textOf = ({ from, to }: { from: number; to: number }) => text.slice(from, to)
  const { topNode } = parser.parse(text)
  const selectors: Selector[] = []
  const groups: string[] = []
  topNode.cursor().iterate((node) => {
    if (node.type.isError) throw new Error(`not PromQL at ${node.from}: ${given}`)
    if (node.name === 'VectorSelector') {
      const matchers = childrenOf(node.node, 'UnquotedLabelMatcher').map((matcher) => {
        const [, label = '', operator = '', value = ''] =
          /^(\w+)\s*([=!~]+)\s*"(.*)"$/.exec(textOf(matcher)) ?? []
        return { label, operator, values: operator.includes('~') ? value.split('|') : [value] }
      })
      const [metric] = childrenOf(node.node, 'Identifier')
      selectors.push({ metric: metric ? textOf(metric) : '', matchers })
    }
    if (node.name === 'GroupingLabels')
      groups.push(...childrenOf(node.node, 'LabelName').map(textOf))
  })
  return { selectors, groups }
}
