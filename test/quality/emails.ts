// The emails that promises are made about: every kind in every language, every variant in English, and a brand that has
// chosen everything that can be chosen.

import { inLocale, samples } from '../../emails/_kit/samples.ts'
import { exampleBrand } from '../../emails/brand.example.ts'
import { type Kind, kinds, type PropsOf, type Rendered, renderEmail } from '../../emails/index.ts'
import { type Language, languages } from '../../emails/words/index.ts'

/** Any kind's props, seen as the ones that all kinds have in common. */
export type AnyProps = PropsOf[Kind]

export type Sample = { kind: Kind; variant: string; language: Language; props: AnyProps }

export const write = (kind: Kind, props: AnyProps): Rendered =>
  (renderEmail as (kind: Kind, props: AnyProps) => Rendered)(kind, props)

const written = new WeakMap<Sample, Rendered>()

/** The email of a sample, rendered once for all tests of a file. */
export const emailOf = (sample: Sample): Rendered => {
  const email = written.get(sample) ?? write(sample.kind, sample.props)
  written.set(sample, email)
  return email
}

const titleOf = ({ kind, language, variant }: Sample) => `${kind} in ${language}, ${variant}`

/**
 * Checks all samples within one test, because a test for each takes more time than most checks.
 * @throws the first failure, with the names of all samples that fail.
 */
export const checkEach = <S extends Sample>(samples: S[], check: (sample: S) => void) => {
  const failures = samples.flatMap((sample) => {
    try {
      check(sample)
      return []
    } catch (error) {
      return [{ title: titleOf(sample), error: error as Error }]
    }
  })
  const [first] = failures
  if (!first) return
  first.error.message = `${failures.map(({ title }) => title).join('; ')}: ${first.error.message}`
  throw first.error
}

export const everyVariant: Sample[] = kinds.flatMap((kind) =>
  Object.entries<AnyProps>(samples[kind]).map(
    ([variant, props]): Sample => ({ kind, variant, language: 'en', props }),
  ),
)

const isStandard = ({ variant }: Sample) => variant === 'standard'

export const everyKind: Sample[] = everyVariant.filter(isStandard)

export const everyLanguage: Sample[] = everyKind.flatMap((sample) =>
  (Object.keys(languages) as Language[]).map((language) => ({
    ...sample,
    language,
    props: inLocale(sample.props, languages[language].standard),
  })),
)

const LANGUAGES = Object.keys(languages).length

/** Each kind in another language than the last, and the most urgent one in all. */
export const inTurn: Sample[] = everyLanguage.filter(({ kind }, at) => {
  const isItsTurn = at % LANGUAGES === Math.floor(at / LANGUAGES) % LANGUAGES
  return kind === 'subscription_past_due' || isItsTurn
})

/** The same, and all kinds in English. */
export const someLanguages: Sample[] = everyLanguage.filter(
  (sample) => sample.language === 'en' || inTurn.includes(sample),
)

export const everyBranded: Sample[] = everyKind.map((sample) => ({
  ...sample,
  variant: 'example brand',
  props: { ...sample.props, brand: exampleBrand },
}))

/** Every check of an email runs on all of these. */
export const everyEmail: Sample[] = [
  ...everyLanguage,
  ...everyVariant.filter((sample) => !isStandard(sample)),
  ...everyBranded,
]
