// The changes of a setup, so that they can be undone: a small file beside that of the settings, without any secret. Each change
// is noted before it is made, so a crash between the two loses nothing.

import { rmSync } from 'node:fs'
import * as z from 'zod'
import { SetupError } from './errors.ts'
import { readText, writePrivately } from './files.ts'
import type { Place } from './place.ts'

const types = z.array(z.string()).readonly()

const endpoint = z.object({
  url: z.string(),
  /** `null` until the answer to its creation is known; then its URL finds it. */
  id: z.string().nullable(),
})

const recordSchema = z.object({
  slug: z.string(),
  environment: z.string(),
  publicUrl: z.string(),
  /** Whether the file of settings was there. It is kept under another name. */
  env: z.object({ existed: z.boolean() }).optional(),
  polar: endpoint
    .extend({
      /** The fields that were changed, as they were; `null` if the setup made the endpoint. */
      before: z
        .object({
          eventTypes: types.exactOptional(),
          format: z.enum(['raw', 'discord', 'slack']).exactOptional(),
          apiVersion: z.enum(['2026-04', '2026-10']).exactOptional(),
          isEnabled: z.boolean().exactOptional(),
        })
        .nullable(),
    })
    .optional(),
  resend: endpoint
    .extend({
      before: z
        .object({
          eventTypes: types.exactOptional(),
          isEnabled: z.boolean().exactOptional(),
        })
        .nullable(),
      /** The ids of the domains that the account had: they tell it from another. */
      domains: types.exactOptional(),
    })
    .optional(),
  /** The emails that were on at Polar before they were switched off. */
  emailsOff: z.array(z.string()).optional(),
})

export type SetupRecord = z.infer<typeof recordSchema>

/**
 * @param name of its file.
 * @throws {SetupError} where the record is of another setup: a change to it would lose what it says.
 */
export const assertOf = (
  record: SetupRecord,
  name: string,
  wanted: Partial<Pick<SetupRecord, 'slug' | 'environment' | 'publicUrl'>>,
): void => {
  const { slug, environment, publicUrl } = record
  const isSame = Object.entries({ slug, environment, publicUrl, ...wanted }).every(
    ([field, value]) => record[field as keyof typeof wanted] === value,
  )
  if (isSame) return
  throw new SetupError(
    `${name} is of a setup for ${slug} (${environment}) at ${publicUrl}. Undo it first, with its settings: npm run setup -- --undo`,
  )
}

/**
 * @param domains those that the present key opens. @param mend what to do where it is the key of another account.
 * @throws {SetupError} there: the list of its webhooks says nothing of ours.
 */
export const assertSameAccount = (
  { resend }: SetupRecord,
  domains: readonly { id: string }[],
  mend: string,
): void => {
  const { domains: noted = [] } = resend ?? {}
  if (noted.length === 0 || domains.some(({ id }) => noted.includes(id))) return
  throw new SetupError(`RESEND_API_KEY is of another Resend account than the setup's. ${mend}`)
}

export const createRecordFile = (place: Place) => {
  const path = place.path(place.record)
  return {
    /** @throws {SetupError} if somebody has damaged it. */
    load: (): SetupRecord | null => {
      const text = readText(path)
      if (text === null) return null
      try {
        return recordSchema.parse(JSON.parse(text))
      } catch (cause) {
        throw new SetupError(
          `${place.record} cannot be read. Restore it, or remove it and undo by hand.`,
          { cause },
        )
      }
    },
    save: (record: SetupRecord) => writePrivately(path, `${JSON.stringify(record, null, 2)}\n`),
    remove: () => rmSync(path, { force: true }),
  }
}

export type RecordFile = ReturnType<typeof createRecordFile>
