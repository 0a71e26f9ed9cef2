// Which form a number takes in a language, by the rules that every runtime has (CLDR, through Intl).

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** `pluralIn('en')(2, { one: 'day', other: 'days' })` is `days`. A form that a language lacks is its `other`. */
export const pluralIn = (language: string) => {
  const rules = new Intl.PluralRules(language)
  return (count: number, forms: Forms): string => forms[rules.select(count)] ?? forms.other
}
