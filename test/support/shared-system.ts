// A system that the tests of a `describe` share: a start and a close cost as much as a short test. No test may notice what
// another has left there, so each is about customers of its own.

import { afterAll, beforeAll } from 'vitest'
import { createReleases } from '../../src/runtime/releases.ts'
import type { OnFinished } from './process.ts'
import { startTestSystem } from './system.ts'
import { startWebRole } from './web-role.ts'

let addresses = 0

/** An address that no other test has mailed. */
export const newAddress = (domain = 'example.com') => {
  addresses += 1
  return `customer-${addresses}@${domain}`
}

/** Started before the first test of the `describe` or file that it is called in, and closed after the last. */
export const share = <T>(start: (onFinished: OnFinished) => Promise<T>) => {
  const releases = createReleases()
  let started: T | undefined
  beforeAll(async () => {
    started = await start((close) => void releases.add(null, close))
  })
  afterAll(releases.close)
  return () => {
    if (!started) throw new Error('it has not been started')
    return started
  }
}

export const shareSystem = (options: Parameters<typeof startTestSystem>[0] = {}) =>
  share((onFinished) => startTestSystem(options, onFinished))

export const shareWebRole = (environment: Record<string, string> = {}) =>
  share((onFinished) => startWebRole(environment, onFinished))
