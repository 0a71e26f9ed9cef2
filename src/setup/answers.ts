// Gathers the settings that a setup needs: from the environment and the file of settings, and for the rest from the operator.

import type { Clock } from '../runtime/clock.ts'
import type { Values } from './env-file.ts'
import { asSentence, SetupError } from './errors.ts'
import { problemWith, QUESTIONS, type Question, type Shown } from './questions.ts'
import type { Terminal } from './terminal.ts'

type Parts = { given: Values; terminal: Terminal; asks: boolean; clock: Clock }

export type Answers = { values: Values; shown: Required<Shown> }

export const gatherAnswers = async ({ given, terminal, asks, clock }: Parts): Promise<Answers> => {
  const shown: Shown = {}
  const problems: string[] = []
  let values: Values = { POLAR_ENVIRONMENT: 'production', ...given }

  const ask = async (question: Question, because: string | null) => {
    const { name, text, isHidden = false } = question
    let problem = because
    while (problem !== null) {
      if (values[name]) terminal.complain(asSentence(`${name} ${problem}`))
      const suggestion = question.suggestion?.({ values, shown, clock })
      const answer = await terminal.ask(text, { isHidden, suggestion })
      values = { ...values, [name]: answer }
      problem = await problemWith(question, { values, shown, clock })
      if (problem !== null && answer === '') terminal.complain(asSentence(`${name} ${problem}`))
    }
  }

  for (const question of QUESTIONS) {
    if (question.isNeeded?.(values) === false) continue
    const isOpen = asks && given[question.name] === undefined
    const problem = isOpen ? 'is required' : await problemWith(question, { values, shown, clock })
    if (asks) {
      if (isOpen) values = { ...values, [question.name]: '' }
      await ask(question, problem)
    } else if (problem !== null) problems.push(`${question.name} ${problem}`)
  }
  const { organization, domains } = shown
  if (problems.length > 0 || !organization || !domains)
    throw new SetupError(
      ['These settings are missing or wrong:', ...problems.map((line) => `  ${line}`)].join('\n'),
    )
  return { values, shown: { organization, domains } }
}
