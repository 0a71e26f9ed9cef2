// A process that renders one receipt repeatedly: `node renderer.ts postern|peer <module> <samples> <count>`. It sends the time
// of each in milliseconds, and the size of the parts in bytes.

import { pathToFileURL } from 'node:url'
import type { PropsOf, renderEmail } from '../../emails/index.ts'
import type { Receipt, renderReceipt } from './peer/receipt.tsx'

type Rendered = { html: string; text: string }
export type RenderedOften = { times: number[]; html: number; text: number }

const [side = '', module = '', samplesModule = '', count = '0'] = process.argv.slice(2)
const load = (path: string) => import(pathToFileURL(path).href)

const { samples } = (await load(samplesModule)) as {
  samples: { order_confirmation: Record<string, PropsOf['order_confirmation']> }
}
const props = samples.order_confirmation['discount-and-tax'] as PropsOf['order_confirmation']

/** The receipt of both sides, in the peer's shape. */
const receipt = ({ brand, order, links, product, customerName }: typeof props): Receipt => ({
  product,
  name: customerName ?? '',
  number: order.number ?? '',
  date: order.date,
  currency: order.currency,
  lines: [
    ...order.items,
    { label: 'Subtotal', amount: order.subtotal },
    { label: `Discount (${order.discount?.label})`, amount: -(order.discount?.amount ?? 0) },
    { label: 'Tax', amount: order.tax },
  ],
  total: order.total,
  billedTo: [
    order.billingName ?? '',
    ...Object.values(order.billingAddress ?? {}).flatMap((part) => part ?? []),
  ],
  brand: brand.name,
  support: brand.supportEmail ?? 'help@example.com',
  action: links.action,
  overview: links.overview,
})

const renderer = async (): Promise<() => Rendered | Promise<Rendered>> => {
  const loaded = await load(module)
  if (side === 'postern') {
    const render = loaded.renderEmail as typeof renderEmail
    return () => render('order_confirmation', props)
  }
  const render = loaded.renderReceipt as typeof renderReceipt
  const given = receipt(props)
  return () => render(given)
}

const render = await renderer()
const WARM_UP = 300
const times: number[] = []
let last: Rendered = { html: '', text: '' }
for (let i = 0; i < WARM_UP + Number(count); i++) {
  const began = performance.now()
  last = await render()
  if (i >= WARM_UP) times.push(performance.now() - began)
}
const result: RenderedOften = {
  times,
  html: Buffer.byteLength(last.html),
  text: Buffer.byteLength(last.text),
}
process.send?.(result, () => process.disconnect())
