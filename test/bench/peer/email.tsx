// The naive peer's order confirmation, styled with Tailwind as react-email's documentation shows.

import {
  Body,
  Button,
  Column,
  Container,
  Head,
  Heading,
  Hr,
  Html,
  Preview,
  Row,
  Section,
  Tailwind,
  Text,
} from '@react-email/components'

/** The order in a job: the adapter's payload once it has been through JSON. */
export type PaidOrder = {
  id: string
  createdAt: string
  customerId: string
  totalAmount: number
  taxAmount: number
  currency: string
  description: string
  customer: { email: string; name: string | null }
  product: { name: string } | null
  items: { label: string; amount: number }[]
}

export function OrderEmail({ order, portalUrl }: { order: PaidOrder; portalUrl: string }) {
  const money = (cents: number) =>
    new Intl.NumberFormat('en-US', { style: 'currency', currency: order.currency }).format(
      cents / 100,
    )
  const date = new Intl.DateTimeFormat('en-US', { dateStyle: 'long' }).format(
    new Date(order.createdAt),
  )
  return (
    <Html lang="en">
      <Tailwind>
        <Head />
        <Preview>
          {money(order.totalAmount)} paid on {date}. Here is your summary.
        </Preview>
        <Body className="bg-gray-100 font-sans">
          <Container className="mx-auto my-10 max-w-xl rounded-lg bg-white p-8">
            <Heading className="m-0 text-2xl font-bold text-gray-900">
              Thank you for your order
            </Heading>
            <Text className="text-base text-gray-700">Hi {order.customer.name ?? 'there'},</Text>
            <Text className="text-base text-gray-700">
              Your payment of {money(order.totalAmount)} for{' '}
              {order.product?.name ?? order.description} went through.
            </Text>
            <Button
              href={portalUrl}
              className="rounded bg-blue-600 px-5 py-3 text-base font-medium text-white"
            >
              View your order
            </Button>
            <Hr className="my-6 border-gray-200" />
            <Section>
              {order.items.map((item) => (
                <Row key={item.label}>
                  <Column className="text-sm text-gray-700">{item.label}</Column>
                  <Column className="text-right text-sm text-gray-700">{money(item.amount)}</Column>
                </Row>
              ))}
              <Row>
                <Column className="text-sm text-gray-700">Tax</Column>
                <Column className="text-right text-sm text-gray-700">
                  {money(order.taxAmount)}
                </Column>
              </Row>
              <Row>
                <Column className="text-sm font-bold text-gray-900">Total</Column>
                <Column className="text-right text-sm font-bold text-gray-900">
                  {money(order.totalAmount)}
                </Column>
              </Row>
            </Section>
            <Hr className="my-6 border-gray-200" />
            <Text className="text-xs text-gray-500">
              Larkspur Audio. Questions? Reply to this email.
            </Text>
          </Container>
        </Body>
      </Tailwind>
    </Html>
  )
}
