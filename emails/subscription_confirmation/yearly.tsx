import { samples } from '../_kit/samples.ts'
import { variant } from '../_kit/variant.ts'
import SubscriptionConfirmation from '../subscription_confirmation.tsx'

export default variant(SubscriptionConfirmation, samples.subscription_confirmation.yearly)
