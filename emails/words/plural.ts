// Picks the plural form of a number in a language, by the rules of CLDR through Intl.

type Forms = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string }

/** `pluralIn('en')(2, { one: 'day', other: 'days' })` is `days`. A missing form falls back to `other`. */
export const pluralIn = (language: string) => {
  const rules = new Intl.PluralRules(language)
  return (count: number, forms: Forms): string => forms[rules.select(count)] ?? forms.other
}
