// What the emails offer to the service: the kinds there are, what each is given, the brand, and the one way to render.

export { type Brand, isOff } from './_kit/brand.ts'
export { languageIn, readerOf } from './_kit/language.ts'
export { formatMoney } from './_kit/money.ts'
export type {
  Benefit,
  Card,
  ContentOf,
  Decline,
  DetailsOf,
  Interval,
  Invoice,
  Kind,
  Links,
  Money,
  OrderSummary,
  Plan,
  PropsOf,
  Quantity,
} from './_kit/props.ts'
export { type BrandSettings, createBrand } from './_kit/settings.ts'
export { polarToggles } from './_kit/toggles.ts'
export { brandSettings, defaultBrand } from './brand.ts'
export { type Rendered, renderEmail } from './render.ts'
export { kinds } from './templates.ts'
export type { Language } from './words/index.ts'
