// Postern's receipt as react-email's documentation suggests: the same content in both schemes, with Tailwind, and the text part
// rendered from the same template.

import {
  Body,
  Button,
  Container,
  Head,
  Heading,
  Html,
  Link,
  Preview,
  render,
  Tailwind,
  Text,
} from '@react-email/components'
import { createElement } from 'react'

type Line = { label: string; amount: number }

export type Receipt = {
  product: string
  name: string
  number: string
  date: string
  currency: string
  lines: Line[]
  total: number
  billedTo: string[]
  brand: string
  support: string
  action: string
  overview: string
}

const heading = 'text-left text-sm font-normal text-zinc-600 dark:text-zinc-400 pb-2'
const cell =
  'border-t border-zinc-200 py-3 text-base leading-6 text-zinc-900 dark:border-zinc-700 dark:text-zinc-100'
const small = 'm-0 mb-3 text-sm leading-5 text-zinc-600 dark:text-zinc-400'

export function ReceiptEmail(receipt: Receipt) {
  const money = (cents: number) =>
    new Intl.NumberFormat('en-US', { style: 'currency', currency: receipt.currency }).format(
      cents / 100,
    )
  const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'long', timeZone: 'UTC' }).format(
    new Date(receipt.date),
  )
  return (
    <Html lang="en" dir="ltr">
      <Tailwind>
        <Head>
          <meta content="light dark" name="color-scheme" />
        </Head>
        <Preview>
          {money(receipt.total)} paid on {date}. Here is your summary.
        </Preview>
        <Body className="m-0 bg-zinc-100 font-sans dark:bg-zinc-950">
          <Container className="mx-auto my-8 w-full max-w-[576px]">
            <div className="rounded-xl border border-solid border-zinc-200 bg-white px-10 pb-5 pt-9 dark:border-zinc-700 dark:bg-zinc-900">
              <Text className="m-0 mb-7 text-base font-semibold text-zinc-900 dark:text-zinc-100">
                {receipt.brand}
              </Text>
              <Heading className="m-0 mb-5 text-2xl font-semibold text-zinc-900 dark:text-zinc-100">
                Thank you for your order
              </Heading>
              <Text className="m-0 mb-4 text-base leading-6 text-zinc-900 dark:text-zinc-100">
                Hi {receipt.name},
              </Text>
              <Text className="m-0 mb-4 text-base leading-6 text-zinc-900 dark:text-zinc-100">
                Your payment of {money(receipt.total)} for {receipt.product} went through. Here is
                the summary for your records.
              </Text>
              <Button
                href={receipt.action}
                className="mb-9 rounded-lg bg-zinc-900 px-6 py-3.5 text-base font-semibold text-white dark:bg-zinc-100 dark:text-zinc-900"
              >
                View your order
              </Button>
              <Heading
                as="h2"
                className="m-0 mb-1.5 text-base font-semibold text-zinc-900 dark:text-zinc-100"
              >
                Summary
              </Heading>
              <Text className={small}>
                Invoice {receipt.number} · {date}
              </Text>
              <table className="mb-7 mt-2 w-full border-collapse" cellPadding={0} cellSpacing={0}>
                <thead>
                  <tr>
                    <th scope="col" className={heading}>
                      Item
                    </th>
                    <th scope="col" className={`${heading} text-right`}>
                      Amount
                    </th>
                  </tr>
                </thead>
                <tbody>
                  {receipt.lines.map(({ label, amount }) => (
                    <tr key={label}>
                      <th scope="row" className={`${cell} text-left font-normal`}>
                        {label}
                      </th>
                      <td className={`${cell} text-right`}>{money(amount)}</td>
                    </tr>
                  ))}
                  <tr>
                    <th scope="row" className={`${cell} text-left text-lg font-semibold`}>
                      Total
                    </th>
                    <td className={`${cell} text-right text-lg font-semibold`}>
                      {money(receipt.total)}
                    </td>
                  </tr>
                </tbody>
              </table>
              <Text className={small}>
                Billed to
                {receipt.billedTo.map((line) => (
                  <span key={line}>
                    <br />
                    {line}
                  </span>
                ))}
              </Text>
            </div>
            <div className="px-10 py-5">
              <Text className={small}>
                <Link
                  href={receipt.overview}
                  className="text-zinc-600 underline dark:text-zinc-400"
                >
                  Manage your billing
                </Link>
              </Text>
              <Text className={small}>
                Questions? Write to{' '}
                <Link
                  href={`mailto:${receipt.support}`}
                  className="text-zinc-600 underline dark:text-zinc-400"
                >
                  {receipt.support}
                </Link>
              </Text>
              <Text className={small}>{receipt.brand}</Text>
              <Text className={small}>
                Sold by Polar Software, Inc., reseller and merchant of record for {receipt.brand}.
              </Text>
            </div>
          </Container>
        </Body>
      </Tailwind>
    </Html>
  )
}

export const renderReceipt = async (receipt: Receipt) => {
  const email = createElement(ReceiptEmail, receipt)
  return { html: await render(email), text: await render(email, { plainText: true }) }
}
