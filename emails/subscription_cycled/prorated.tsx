import { samples } from '../_kit/samples.ts'
import { variant } from '../_kit/variant.ts'
import SubscriptionCycled from '../subscription_cycled.tsx'

export default variant(SubscriptionCycled, samples.subscription_cycled.prorated)
