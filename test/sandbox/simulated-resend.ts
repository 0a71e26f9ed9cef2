// A simulated Resend for each test of a file, spoken to by the real SDK. The file calls `resendForEachTest` at its top.

import { Resend } from 'resend'
import { afterEach, beforeEach } from 'vitest'
import { createMovableClock, type MovableClock } from '../../src/runtime/clock.ts'
import { createSimulatedResend, type SimulatedResend } from '../../src/sandbox/resend/server.ts'

export const email = {
  from: 'Acme <billing@acme.example.com>',
  to: 'mara.lindqvist@example.com',
  subject: 'Your order',
  html: '<p>Thank you</p>',
  text: 'Thank you',
}

export let clock: MovableClock
export let server: SimulatedResend
export let resend: Resend

export const resendForEachTest = () => {
  beforeEach(async () => {
    clock = createMovableClock()
    server = await createSimulatedResend({ clock, apiKey: 're_test', rateLimit: 5 })
    resend = new Resend('re_test', { baseUrl: server.url })
  })
  afterEach(() => server.close())
}
