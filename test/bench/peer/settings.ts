export const setting = (name: string): string => {
  const value = process.env[name]
  if (!value) throw new Error(`${name} is required`)
  return value
}

/** Whether finished jobs stay, each with its payload. */
export const keepsJobs = process.env.PEER_KEEPS !== undefined

/** Whether they also have the email as it was sent. */
export const keepsEmails = process.env.PEER_KEEPS === 'emails'
