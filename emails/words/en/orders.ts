// Receipts and refunds, in English.

export const orders = {
  order_confirmation: {
    subject: (product: string) => `Your order: ${product}`,
    preheader: {
      paid: (amount: string, date: string) => `${amount} paid on ${date}. Here is your summary.`,
      free: 'It is complete, and there is nothing to pay.',
    },
    title: 'Thank you for your order',
    lead: {
      paid: (amount: string, product: string) =>
        `Your payment of ${amount} for ${product} went through. Here is the summary for your records.`,
      free: (product: string) => `Your order of ${product} is complete. There is nothing to pay.`,
    },
    action: 'View your order',
  },

  subscription_cycled: {
    subject: (plan: string) => `Your ${plan} subscription was renewed`,
    preheader: {
      paid: (amount: string) => `${amount} paid.`,
      free: 'There is nothing to pay this time.',
    },
    title: 'Your subscription was renewed',
    lead: {
      paid: (amount: string, plan: string) => `Your payment of ${amount} for ${plan} went through.`,
      free: (plan: string) =>
        `Your ${plan} subscription was renewed. There is nothing to pay this time.`,
    },
    renews: (date: string) => `The next renewal is on ${date}.`,
    action: 'View receipt',
  },

  subscription_cycled_after_trial: {
    subject: (plan: string) => `Your ${plan} subscription is now active`,
    preheader: {
      paid: (amount: string) => `Your trial is over. ${amount} paid.`,
      free: 'Your trial is over. There is nothing to pay this time.',
    },
    title: 'Your subscription is now active',
    lead: {
      paid: (amount: string, plan: string) =>
        `Your trial of ${plan} is over, and your first payment of ${amount} went through.`,
      free: (plan: string) =>
        `Your trial of ${plan} is over, and the subscription continues. There is nothing to pay this time.`,
    },
    renews: (date: string) => `The next renewal is on ${date}.`,
    action: 'View receipt',
  },

  subscription_usage_invoice: {
    subject: (plan: string) => `Your usage of ${plan}`,
    preheader: {
      paid: (amount: string) => `${amount} paid for what you used.`,
      free: 'There is nothing to pay for what you used.',
    },
    title: 'Your usage statement',
    lead: {
      paid: (amount: string, plan: string) =>
        `Your payment of ${amount} for your usage of ${plan} went through.`,
      free: (plan: string) =>
        `We have added up your usage of ${plan}. There is nothing to pay this time.`,
    },
    note: 'Usage is billed in addition to your subscription, which stays as it is.',
    action: 'View receipt',
  },

  subscription_final_invoice: {
    subject: (plan: string) => `Your final ${plan} invoice`,
    preheader: {
      paid: (amount: string) => `${amount} paid. You won’t be charged again.`,
      free: 'There is nothing to pay, and you won’t be charged again.',
    },
    title: 'Your final invoice',
    lead: {
      paid: (amount: string, plan: string, date: string) =>
        `Your ${plan} subscription ended on ${date}. Your final payment of ${amount} went through.`,
      free: (plan: string, date: string) =>
        `Your ${plan} subscription ended on ${date}. There is nothing left to pay.`,
    },
    note: 'This is the last invoice for this subscription.',
    action: 'View receipt',
  },

  order_refunded: {
    subject: (product: string) => `Your refund for ${product}`,
    preheader: (amount: string) => `${amount} is on its way back to you.`,
    title: 'Your refund is on its way',
    lead: {
      full: (amount: string, product: string) =>
        `We have refunded your payment for ${product} in full: ${amount}.`,
      partial: (amount: string, product: string) =>
        `We have refunded ${amount} of your order of ${product}.`,
    },
    method: {
      card: (brand: string | null, last4: string) =>
        `The money goes back to your ${brand ? `${brand} card` : 'card'} ending in ${last4}. Banks usually take 5 to 10\u00a0business days.`,
      unknown:
        'The money goes back to the payment method you paid with. Banks usually take 5 to 10\u00a0business days.',
    },
    facts: {
      order: 'Order',
      ordered: 'Ordered on',
      total: 'Order total',
      refunded: 'Refunded on',
      amount: 'Refund',
    },
    action: 'View your order',
  },
}

export type Orders = typeof orders
