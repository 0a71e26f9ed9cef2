import { samples } from '../_kit/samples.ts'
import { variant } from '../_kit/variant.ts'
import OrderConfirmation from '../order_confirmation.tsx'

export default variant(OrderConfirmation, samples.order_confirmation['long-names'])
