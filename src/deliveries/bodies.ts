// The packing of emails as they were sent.

import type { Email } from '../resend/email.ts'

export const createBodies = () => ({
  pack: async (email: Email, _language: string | null): Promise<Buffer> =>
    Buffer.from(JSON.stringify(email)),
  unpack: async (bytes: Buffer): Promise<Email> => JSON.parse(bytes.toString()) as Email,
})

export type Bodies = ReturnType<typeof createBodies>
