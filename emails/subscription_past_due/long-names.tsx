import { samples } from '../_kit/samples.ts'
import { variant } from '../_kit/variant.ts'
import SubscriptionPastDue from '../subscription_past_due.tsx'

export default variant(SubscriptionPastDue, samples.subscription_past_due['long-names'])
