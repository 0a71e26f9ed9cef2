// Changes that mail clients make to a link on the way to the browser.

import { expect, test } from 'vitest'
import { press, visit } from '../../src/sandbox/person.ts'
import { mailed, settled } from '../support/links.ts'
import { linksIn, startTestSystem } from '../support/system.ts'

const BEHIND = [
  String.raw`. , ; : ! * ** ) )) ] } > < " ' / // = | \ _ - __ -_ _. ). .) >, /)`,
  '%20 %3E %22 %29. %C2%A0 %0A %0D%0A %E2%80%8B %E2%80%8D %EF%BB%BF %E2%80%9D %E2%80%A6 %E3%80%82',
  '&gt; &quot; &nbsp; &amp;x=1 ?utm_source=mail ? )?x=1 % %E2 %zz %2F =3D %20Thanks .Thanks',
].flatMap((some) => some.split(' '))

test('a link works with characters behind it that a mail client takes for a part of it', async () => {
  const { mail } = await settled()
  const links = [...new Set(linksIn(mail.text))]
  const leadsElsewhere: string[] = []
  // Several links in turn, because one gives sixty sessions. A burst shows the button, which is as
  // good here.
  for (const [n, behind] of BEHIND.entries()) {
    const { status } = await visit(`${links[n % links.length]}${behind}`)
    if (status !== 302 && status !== 200) leadsElsewhere.push(`${behind}: ${status}`)
  }
  expect(leadsElsewhere).toEqual([])
})

test('no link ends in a hyphen or an underscore, which mail clients drop', async () => {
  const { system, mail } = await settled()
  for (let n = 0; n < 8; n++)
    await system.polarWorld.scenario.purchase({ customer: { email: `ann-${n}@example.com` } })
  await system.settle()
  const links = [mail, ...system.mails()].flatMap(({ text }) => linksIn(text))
  expect(links.length).toBeGreaterThan(16)
  for (const link of links) expect(link).toMatch(/[A-Za-z0-9]$/)
})

test('the button works on the page of such a link too', async () => {
  const system = await startTestSystem()
  const { link } = await mailed(system)
  const page = await visit(`${link}%3E`)
  expect((await press(`${link}%3E`, page.body)).status).toBe(303)
})
