// POST /v1/customer-sessions/: mints a session for a customer or member, or refuses as Polar does.

import type { Context } from 'hono'
import type { Sessions } from './sessions.ts'
import type { Customer, Member } from './shapes/rows.ts'
import type { World } from './world.ts'

type Refusal = { loc: string[]; msg: string; type: string; input: unknown }

const refusal = (field: string, msg: string, input: unknown, type = 'value_error'): Refusal => ({
  loc: ['body', field],
  msg,
  type,
  input,
})

type Body = Record<string, unknown>
type Holder = { customer: Customer; member: Member }

const isWebAddress = (text: string) =>
  URL.canParse(text) && ['http:', 'https:'].includes(new URL(text).protocol)

const returnUrlOf = ({ return_url: value }: Body): string | null | Refusal => {
  if (value == null) return null
  if (typeof value === 'string' && isWebAddress(value)) return new URL(value).href
  return refusal('return_url', 'Input should be a valid URL', value, 'url_parsing')
}

export const createMint = (world: World, sessions: Sessions, origin: () => string) => {
  const findCustomer = (body: Body): Customer | Refusal => {
    const field = body.customer_id === undefined ? 'external_customer_id' : 'customer_id'
    const value = body[field]
    if (value === undefined) return refusal('customer_id', 'Field required', body, 'missing')
    if (typeof value !== 'string')
      return refusal(field, 'Input should be a valid string', value, 'string_type')
    const found =
      field === 'customer_id'
        ? world.customers.get(value)
        : [...world.customers.values()].find(
            (customer) => customer.external_id === value && customer.deleted_at === null,
          )
    if (found === undefined || found.deleted_at !== null)
      return refusal(field, 'Customer does not exist.', value)
    return found
  }

  const findMember = (customer: Customer, body: Body): Member | Refusal => {
    const field = body.member_id == null ? 'external_member_id' : 'member_id'
    const value = body[field]
    if (value != null) {
      const found = world
        .membersOf(customer.id)
        .find((member) => value === (field === 'member_id' ? member.id : member.external_id))
      return found ?? refusal(field, 'Member does not exist for this customer.', value)
    }
    if (customer.type === 'team') {
      return refusal(
        'member_id',
        'member_id or external_member_id is required for team customers.',
        null,
        'missing',
      )
    }
    const owner = world.ownerOf(customer)
    return owner ?? refusal('customer_id', 'Owner member not found for this customer.', customer.id)
  }

  const findHolder = (body: Body): Holder | Refusal => {
    const customer = findCustomer(body)
    if ('loc' in customer) return customer
    const member = findMember(customer, body)
    return 'loc' in member ? member : { customer, member }
  }

  return async (c: Context) => {
    const body: unknown = await c.req.json().catch(() => undefined)
    if (typeof body !== 'object' || body === null) {
      return refuse(c, { loc: ['body'], msg: 'Field required', type: 'missing', input: null })
    }
    const returnUrl = returnUrlOf(body as Body)
    if (typeof returnUrl === 'object' && returnUrl !== null) return refuse(c, returnUrl)
    const found = findHolder(body as Body)
    if ('loc' in found) return refuse(c, found)
    const { customer, member } = found
    const session = sessions.open(member, 'api', returnUrl)
    const query = new URLSearchParams({
      customer_session_token: session.token,
      email: member.email,
    })
    return c.json(
      {
        id: session.id,
        created_at: session.created_at,
        modified_at: null,
        token: session.token,
        expires_at: session.expires_at,
        return_url: session.return_url,
        customer_portal_url: `${origin()}/${world.organization.slug}/portal?${query}`,
        customer_id: customer.id,
        customer,
      },
      201,
    )
  }
}

const refuse = (c: Context, detail: Refusal) =>
  c.json({ error: 'PolarRequestValidationError', detail: [detail] }, 422)
