// An operator sends a message again in the console: the same email once more, or one that is composed anew.

import { expect, test } from 'vitest'
import { MINUTE } from '../../src/runtime/clock.ts'
import { NAVIGATION, visit } from '../../src/sandbox/person.ts'
import { deliveryStore, loadDelivery } from '../support/deliveries.ts'
import { bought, inspect, linesOf, type Mail, messageOf } from '../support/mailed.ts'
import { formsIn, PASSWORD, signedIn, submit } from '../support/operator.ts'
import { newAddress, shareSystem } from '../support/shared-system.ts'
import { firstLink, linksIn } from '../support/system.ts'

const ANEW = 'Send with today’s template'
const SAME = 'Send the same email again'

const shared = shareSystem({ environment: { CONSOLE_PASSWORD: PASSWORD, QUIET_HOURS: 'off' } })

/** An operator at the console, and the emails since then, newest first. */
const atConsole = async () => {
  const system = shared()
  const before = system.mails().length
  const mails = () => system.mails().slice(0, system.mails().length - before)
  return { system, operator: await signedIn(system), mails }
}

const pathOf = (mail: Mail) => `/console/messages/${messageOf(mail)}`

/** The text that the recipient reads and keeps, with words where the links are. */
const readIn = ({ subject, html, text, attachments }: Mail) => {
  const inert = (part: string | null) => part?.replaceAll(/http[^\s"]*\/l\/[\w-]+/g, '[link]')
  return { subject, html: inert(html), text: inert(text), attachments }
}

test('the same email goes out once more, with links of its own, to the address of today', async () => {
  const { system, operator, mails } = await atConsole()
  const { customerId, mail } = await bought(system, newAddress())
  expect(mail.attachments).toHaveLength(1)
  const change = { email: newAddress(), locale: 'de' }
  await system.polarWorld.scenario.updateCustomer(customerId, change)
  await system.settle()
  const answer = await operator.press(pathOf(mail), SAME)
  expect(answer.body).toContain('The same email goes out again, as this message of its own.')
  await system.settle()
  const [copy, ...others] = mails()
  expect(others).toEqual([mail])
  if (!copy) throw new Error('no mail was sent')
  expect(readIn(copy)).toEqual(readIn(mail))
  expect(copy.to).toEqual([change.email])
  expect(linksIn(copy.text)).not.toEqual(linksIn(mail.text))
  expect(await operator.text(pathOf(copy))).toContain(
    `Sent again by an operator It is the same email as ${messageOf(mail)}.`,
  )
  expect((await operator.read(pathOf(mail))).body).toContain(`href="${pathOf(copy)}"`)
  await expect
    .poll(() => linesOf(system, 'message sent again').filter((one) => one.as === messageOf(copy)))
    .toEqual([expect.objectContaining({ message: messageOf(mail), email: 'the same' })])
  system.clock.advance(2 * MINUTE)
  expect((await visit(firstLink(copy.text), { headers: NAVIGATION })).status).toBe(302)

  await operator.press(pathOf(copy), SAME)
  await system.settle()
  expect(mails().map(readIn)).toEqual(Array(3).fill(readIn(mail)))
  await operator.press(pathOf(copy), ANEW)
  await system.settle()
  const [anew] = mails()
  expect(anew?.subject).toMatch(/Bestellung/)
  expect(await operator.text('/console/actions')).toContain(
    `as ${anew && messageOf(anew)} email composed anew`,
  )
})

test('a form that is sent twice sends once', async () => {
  const { system, operator, mails } = await atConsole()
  const { mail } = await bought(system, newAddress())
  const forms = formsIn((await operator.read(pathOf(mail))).body)
  const press = (wanted: string) => {
    const { action, fields } = forms.find(({ button }) => button === wanted) ?? {}
    return submit(`${system.postern}${action}`, fields ?? {}, { cookie: operator.cookie })
  }
  await Promise.all([press(SAME), press(SAME)])
  await system.settle()
  const noted = (await operator.text('/console/actions')).split(
    `message sent again message ${messageOf(mail)}`,
  )
  expect(noted).toHaveLength(2)
  for (const button of [SAME, ANEW]) {
    const late = await press(button)
    expect(late.location).toBe(pathOf(mail))
    expect(await operator.text(late.location)).toContain('was sent again meanwhile, as msg_')
  }
  await system.settle()
  expect(mails()).toHaveLength(2)
})

test('an email that is no longer kept is composed anew only, and the page says why', async () => {
  const { system, operator, mails } = await atConsole()
  const { mail } = await bought(system, newAddress())
  const form = formsIn((await operator.read(pathOf(mail))).body).find(
    ({ button }) => button === SAME,
  )
  await deliveryStore(inspect(system)).dropBody(messageOf(mail))
  const { body } = await operator.read(pathOf(mail))
  expect(body).toContain('The same email cannot go out again: it is older than RETAIN_BODIES_DAYS')
  expect(formsIn(body).map(({ button }) => button)).toEqual(expect.not.arrayContaining([SAME]))
  const { cookie } = operator
  const late = await submit(`${system.postern}${form?.action}`, form?.fields ?? {}, { cookie })
  expect(await operator.text(late.location)).toContain(
    'no email of it is kept. It was never sent, or it is older than RETAIN_BODIES_DAYS.',
  )
  await operator.press(pathOf(mail), ANEW)
  await system.settle()
  expect(mails()).toHaveLength(2)
})

test('an email that goes while its copy waits leaves the copy unsent, and says so', async () => {
  const { system, operator, mails } = await atConsole()
  const { mail } = await bought(system, newAddress())
  await operator.press('/console', 'Hold all mail')
  const { body } = await operator.press(pathOf(mail), SAME)
  const [, copy = ''] =
    /as this message[\s\S]*?<dt>Message<\/dt><dd><code class="id">(msg_[\w-]+)/.exec(body) ?? []
  await deliveryStore(inspect(system)).dropBody(messageOf(mail))
  await operator.press('/console', 'Release all mail')
  system.clock.advance(MINUTE)
  const state = async () => (await loadDelivery(inspect(system), copy)).delivery
  await expect.poll(state).toMatchObject({ state: 'not_sent', because: 'not_kept' })
  expect(mails()).toEqual([mail])
})

test('neither mails a suppressed address', async () => {
  const { system, operator, mails } = await atConsole()
  const email = `bounced-${newAddress()}`
  const { mail } = await bought(system, email)
  for (const button of [SAME, ANEW]) {
    const refused = await operator.press(pathOf(mail), button)
    expect(refused.body).toContain('mail to its address bounced for good')
    expect(refused.body).toContain('release the address first: under Suppressions.')
  }
  expect(mails()).toEqual([mail])

  await system.polarWorld.scenario.purchase({ customer: { email } })
  await system.settle()
  const unsent = linesOf(system, 'message not sent').at(-1)
  const page = await operator.text(`/console/messages/${unsent?.message}`)
  expect(page).toContain('This message was not sent. Its story says why.')
  expect(page).toMatch(/Its address is suppressed since .* Mail bounced for good\. Nothing is sent/)
})

test('a page says that its address is suppressed, and leads to the release and back', async () => {
  const { system, operator, mails } = await atConsole()
  const [email, another] = [newAddress(), newAddress()]
  const { mail } = await bought(system, email)
  await bought(system, another)
  const path = pathOf(mail)
  const release = `/console/suppressions?of=${messageOf(mail)}`
  expect((await operator.read(release)).body).toContain('This address is not suppressed')
  for (const { id } of mails()) await system.resendWorld.report(id, 'email.bounced')
  await system.settle()
  const { body } = await operator.read(path)
  expect(body.split(`href="${release}"`)).toHaveLength(4) // in its story, and at each button that sends
  expect(await operator.text(path)).toMatch(
    /Its address is suppressed since \S+ \S+ UTC : Mail bounced for good\. Nothing is sent to it/,
  )
  expect((await operator.read(release)).body).not.toContain(another)
  const released = await operator.press(release, 'Mail it again', { reason: 'she called' })
  expect(released.body).toContain('The address is mailed again.')
  expect(released.body).toContain(`action="${path}/send-again"`)
  expect(released.body).not.toContain('Its address is suppressed')
  await operator.press(path, ANEW)
  await system.settle()
  expect(mails()[0]?.to).toEqual([email])
})

test('the same notice of a failed payment does not go out once the payment came', async () => {
  const { system, operator, mails } = await atConsole()
  const { scenario } = system.polarWorld
  const customer = { email: newAddress() }
  const { subscriptionId, customerId } = await scenario.subscribe({ customer })
  await scenario.failRenewal({ subscriptionId })
  await system.settle()
  const notices = () =>
    mails().filter(({ tags }) => tags.some(({ value }) => value === 'subscription_past_due'))
  const [notice] = notices()
  if (!notice) throw new Error('no notice was sent')
  await scenario.changeCard(customerId)
  await system.settle()
  await operator.press(pathOf(notice), SAME)
  await system.settle()
  expect(notices()).toEqual([notice])
  expect(linesOf(system, 'message not sent')).toContainEqual(
    expect.objectContaining({ because: 'recovered' }),
  )
})

test('a copy that waits goes with its customer', async () => {
  const { system, operator, mails } = await atConsole()
  const { customerId, mail } = await bought(system, newAddress())
  await operator.press('/console', 'Hold all mail')
  await operator.press(pathOf(mail), SAME)
  await operator.press(`/console/customers/${customerId}`, 'Erase for good', {
    confirm: customerId,
  })
  await operator.press('/console', 'Release all mail')
  await system.settle()
  expect(mails()).toEqual([mail])
  expect((await operator.read(pathOf(mail))).status).toBe(404)
})

test('a customer who is erased while Polar looks up the address gets no copy', async () => {
  const { system, operator, mails } = await atConsole()
  const messageKeys = async () => (await inspect(system).keys('postern:{s:*}:msg:*')).toSorted()
  const before = await messageKeys()
  const { customerId, mail } = await bought(system, newAddress())
  const erase = () =>
    operator.press(`/console/customers/${customerId}`, 'Erase for good', { confirm: customerId })
  let erasing: ReturnType<typeof erase> | undefined
  system.polarWorld.fault = ({ path }) => {
    if (!path.endsWith('/customers/{id}')) return undefined
    erasing ??= erase()
    return { until: erasing }
  }
  await operator.press(pathOf(mail), SAME)
  expect((await erasing)?.body).toContain('The customer is erased')
  await system.settle()
  system.polarWorld.fault = undefined
  expect(mails()).toEqual([mail])
  expect(await messageKeys()).toEqual(before)
})
