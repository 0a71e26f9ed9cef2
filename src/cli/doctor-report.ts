// Formats what the doctor found: by group, the findings in full, and a line where all is well.

import type { Diagnosis } from '../doctor/check-all.ts'
import { type Finding, type Group, groupOf } from '../doctor/finding.ts'

const TITLES: Record<Group, string> = {
  redis: 'Redis',
  polar: 'Polar',
  resend: 'Resend',
  postern: 'This Postern',
}

const WELL: Record<Group, string> = {
  redis: 'It takes writes and keeps them.',
  polar:
    "The token, its scopes, the webhook endpoint and Polar's own emails are as they should be.",
  resend: 'The key, the domain, the webhook and the quotas are as they should be.',
  postern: 'The settings, PUBLIC_URL and the clock are as they should be.',
}

const GROUPS = Object.keys(TITLES) as Group[]

const linesOfFinding = ({ name, severity, says, why, mend }: Finding): string[] => [
  `  ${severity}: ${name}`,
  `    ${says} ${why}`,
  `    → ${mend}`,
]

const INVALID = 'It was not checked, since settings are invalid: see below.'

/** The report begins with what comes before everything else. */
const isFirst = ({ name }: Finding): boolean => name === 'not_set_up'

const linesOfGroup = (group: Group, { findings, checked }: Diagnosis, unchecked: string) => {
  const found = findings.filter((one) => groupOf(one.name) === group && !isFirst(one))
  if (found.length > 0) return [TITLES[group], ...found.flatMap(linesOfFinding)]
  return [TITLES[group], `  ${checked.includes(group) ? WELL[group] : unchecked}`]
}

const counted = (count: number, one: string): string => `${count} ${count === 1 ? one : `${one}s`}`

/** Nothing would lose or double mail, so far as the doctor can tell. */
export const isSound = ({ findings }: Diagnosis): boolean =>
  findings.every(({ severity }) => severity === 'warning')

/** For a shell: all in one text for a person, or one JSON document. @param unchecked says why a group was not checked. */
export const reportOf = (
  diagnosis: Diagnosis,
  asJson: boolean,
  unchecked: string = INVALID,
): string[] => {
  const { findings, notes } = diagnosis
  const problems = findings.filter(({ severity }) => severity === 'problem').length
  const warnings = findings.length - problems
  if (asJson) return [JSON.stringify({ problems, warnings, notes, findings }, null, 2)]
  return [
    ...findings.filter(isFirst).flatMap(({ says, mend }) => [`${says} ${mend}`, '']),
    ...GROUPS.flatMap((group) => [...linesOfGroup(group, diagnosis, unchecked), '']),
    ...notes,
    `${counted(problems, 'problem')}, ${counted(warnings, 'warning')}.`,
  ]
}

export const USAGE = [
  'npm run doctor             checks the configuration, and says what to mend',
  'npm run doctor -- --json   the same as JSON (in the image: node dist/cli.js doctor --json)',
]
