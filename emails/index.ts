// The interface of the emails to the service: kinds, props, brand and rendering.

export { type Brand, isOff } from './_kit/brand.ts'
export { languageIn, readerOf } from './_kit/language.ts'
export { formatMoney } from './_kit/money.ts'
export type { OrderSummary } from './_kit/order-summary.ts'
export type {
  Benefit,
  Card,
  ContentOf,
  Course,
  Decline,
  DetailsOf,
  Interval,
  Invoice,
  Kind,
  Links,
  Money,
  Month,
  NextCharge,
  Plan,
  PropsOf,
  Quantity,
} from './_kit/props.ts'
export { standard as standardSamples } from './_kit/samples/standard.ts'
export { type BrandSettings, createBrand } from './_kit/settings.ts'
export { localTime, zonesOf } from './_kit/time-zones.ts'
export { polarToggles } from './_kit/toggles.ts'
export { brandSettings, defaultBrand } from './brand.ts'
export { type Rendered, renderEmail } from './render.ts'
export { kinds } from './templates.ts'
export { isSpoken, type Language, languages } from './words/index.ts'
