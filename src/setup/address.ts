// Says what follows from the public address of a setup, and from what answers there already.

import { asciiDomain } from '../doctor/account.ts'
import type { Finding } from '../doctor/finding.ts'
import { ofAnswer, ofPublicUrl } from '../doctor/public-url.ts'
import type { Reach } from '../doctor/reach.ts'

type Address = { publicUrl: string; from: string; environment: string; reach: Reach }

/** Postern itself may not run yet. */
const isExpected = ({ name }: Finding) => name === 'public_url_unreached'

/** One line for each. */
export const addressWarnings = async (address: Address): Promise<string[]> => {
  const { publicUrl, from, reach } = address
  const environment = address.environment === 'sandbox' ? 'sandbox' : 'production'
  const sender = asciiDomain(from.replace(/^.*@/, '').replace(/[>\s]*$/, ''))
  const ofItself = ofPublicUrl({ publicUrl, sender, environment })
  const answered = ofAnswer(publicUrl, await reach(`${publicUrl}/healthz`))
  return [...ofItself, ...answered.filter((finding) => !isExpected(finding))].map(
    ({ says, why, mend }) => `${says} ${why} ${mend}`,
  )
}
