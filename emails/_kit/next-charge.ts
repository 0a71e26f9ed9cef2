// Words the charge to come, for a reminder: a sentence, and the rows of its table. An unknown amount is not named.

import type { Words } from '../words/index.ts'
import { cardName } from './card.ts'
import type { Email } from './prepare.ts'
import type { Card, NextCharge } from './props.ts'
import type { Row } from './table.tsx'

type ChargeWords = Words['subscription_renewal_reminder']['charge']

type Charge = {
  /** Null if nothing is known. */
  sentence: string | null
  /** There will be nothing to pay. */
  isFree: boolean
  /** The row of the card, and that of the amount. */
  method: readonly [label: string, value: string | null]
  amount: readonly [label: string, value: string | null, kind: Row['kind']]
}

/** @param label of the amount that will be charged. */
export const nextChargeIn = (
  { money, join }: Email,
  words: ChargeWords,
  { amount, card }: { amount: NextCharge | null; card: Card | null },
  label: string,
): Charge => {
  const isFree = amount?.isTotal === true && amount.value <= 0
  const price = amount && amount.value > 0 ? money(amount.value, amount.currency) : null
  const method = card && ([cardName(card.brand), card.last4] as const)
  const sentence = () => {
    if (isFree) return words.nothing
    if (!price) return method && words.onlyCard(...method)
    if (!amount?.isTotal) return join(words.beforeTax(price), method && words.onlyCard(...method))
    return method ? words.card(price, ...method) : words.amount(price)
  }
  return {
    sentence: sentence(),
    isFree,
    method: [words.facts.method, method && !isFree ? words.facts.card(...method) : null],
    amount: [amount?.isTotal ? label : words.facts.beforeTax, price, 'result'],
  }
}
