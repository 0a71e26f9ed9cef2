import { describe, expect, test } from 'vitest'
import { email, resend, resendForEachTest, server } from './simulated-resend.ts'

resendForEachTest()

describe('the inbox page', () => {
  const read = async (path: string) => (await fetch(server.url + path)).text()

  test('says so while it is empty, and needs no key', async () => {
    expect(await read('/')).toContain('No mail yet')
    expect(server.requests()).toBe(0)
  })

  test('shows an email in a frame that can run nothing, with links that leave it', async () => {
    const html =
      '<!doctype html><html><head><title>x</title></head><body>"quoted" &amp; <b>bold</b></body></html>'
    const { data } = await resend.emails.send({
      ...email,
      subject: 'Ends </title><script>alert(1)</script>',
      html,
      text: 'Open https://billing.example.com/l/abc. <b>',
    })
    const page = await read(`/inbox/${data?.id}`)
    expect(page).not.toContain('<script>alert(1)')
    expect(page).toContain('sandbox="allow-popups allow-popups-to-escape-sandbox"')
    expect(page).toContain('<a href="https://billing.example.com/l/abc" target="_blank"')
    const source = /data-source="([^"]*)"/.exec(page)?.[1] ?? ''
    const unescaped = source
      .replaceAll('&quot;', '"')
      .replaceAll('&lt;', '<')
      .replaceAll('&gt;', '>')
      .replaceAll('&#39;', "'")
      .replaceAll('&amp;', '&')
    expect(unescaped).toBe(html.replace('<head>', '<head><base target="_blank">'))
  })

  test('has another version as soon as there is new mail', async () => {
    await resend.emails.send(email)
    const before = await read('/inbox/version')
    server.clear()
    await resend.emails.send(email)
    expect(await read('/inbox/version')).not.toBe(before)
    expect(await read('/inbox/list?open=none')).toContain('Your order')
  })
})
