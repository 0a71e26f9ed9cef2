// Your brand: edit this file to make the emails yours. The previews and the service use it. In the service, BRAND_… settings
// outrank it. `brand.example.ts` shows what you can set.

import type { Brand } from './_kit/brand.ts'
import { type BrandSettings, createBrand } from './_kit/settings.ts'

/**
 * Yours to edit, such as `{ name: 'Acme', accent: '#0f62fe', address: ['1 Main Street', 'Springfield'] }`.
 *
 * `kinds` holds what is different about one kind of email: `{ subscription_resumed: { off: true } }` sends none of it,
 * `{ order_confirmation: { words: { en: { title: 'Thanks!' } } } }` says it in your words, and
 * `{ order_confirmation: { template } }` has it laid out by a file of yours, such as `own/order_confirmation.tsx`:
 * `import * as own from './own/order_confirmation.tsx'` and `template: { Template: own.default, subject: own.subject }`.
 * A copy of ours is a good start, with `./_kit` made `../_kit`; the previews hand it the same props.
 */
export const brandSettings: BrandSettings = {}

/** The brand of the previews. */
export const defaultBrand: Brand = createBrand(brandSettings)
