// Failed and recovered payments, in English.

/** For every failed payment. */
const unpaid = (by: string) => `If it isn’t paid ${by}, the subscription ends.`

export const payments = {
  subscription_past_due: {
    subject: (plan: string) => `Payment failed for your ${plan} subscription`,
    preheader: (by: string) => `Please update your payment method ${by} to keep your subscription.`,
    title: 'Your payment didn’t go through',
    lead: {
      amount: (amount: string, plan: string, date: string) =>
        `The payment of ${amount} for ${plan} failed on ${date}.`,
      noAmount: (plan: string, date: string) => `The payment for ${plan} failed on ${date}.`,
    },
    decline: {
      insufficient_funds: 'The bank said that there isn’t enough money in the account.',
      expired_card: 'The card has expired.',
      incorrect_details:
        'Some of the card’s details are wrong, such as its number or security code.',
      authentication_required: 'The bank wants you to confirm the payment yourself.',
      limit_exceeded: 'The card’s limit is used up.',
      not_supported: 'The card can’t be used for this kind of payment.',
      lost_or_blocked: 'The card can’t be used any more.',
      declined: 'The bank declined the payment without giving a reason.',
      no_method: 'There is no payment method on file.',
    },
    ask: 'To keep your subscription, please check or update your payment method.',
    /** After a decline for good. */
    askAnother: 'To keep your subscription, please use another payment method.',
    /** For customers without a payment method to update. */
    add: {
      preheader: (by: string) => `Please add a payment method ${by} to keep your subscription.`,
      ask: 'To keep your subscription, please add a payment method.',
      action: 'Add payment method',
    },
    /** For payments that wait for the bank's question to the customer. */
    confirm: {
      preheader: (by: string) => `Please confirm the payment ${by} to keep your subscription.`,
      ask: 'To keep your subscription, please open the payment and confirm it with your bank.',
      action: 'Confirm payment',
    },
    action: 'Update payment method',
    next: {
      retry: (date: string, by: string) =>
        `We will try the payment again on ${date}, and a few more times after that. ${unpaid(by)}`,
      /** For a subscription that ends before the next attempt. */
      noRetry: (by: string) =>
        `We won’t charge this payment method again. If it isn’t paid in another way ${by}, the subscription ends.`,
      /** For an unknown date of the next attempt. */
      unpaid,
      onceAdded: (by: string) =>
        `As soon as you add a payment method, we will try the payment again. ${unpaid(by)}`,
    },
    access: {
      until: (date: string) => `You keep access until ${date}, even while it is unpaid.`,
      paused: 'Your access is paused until the payment goes through.',
    },
    alreadyPaid: 'If you have paid in the meantime, there is nothing left to do.',
    facts: {
      failed: 'Payment failed',
      method: 'Payment method',
      card: (brand: string | null, last4: string) => `${brand ?? 'Card'} ending in ${last4}`,
      nextTry: 'Next attempt',
      deadline: 'Pay by',
      amount: 'Amount due',
    },
  },

  payment_recovered: {
    subject: (plan: string) => `Payment received for your ${plan} subscription`,
    preheader: (amount: string) => `${amount} paid. Everything is in order again.`,
    title: 'Your payment went through',
    lead: (amount: string, plan: string) =>
      `Thank you: your payment of ${amount} for ${plan} went through, and your subscription continues. There is nothing left to do.`,
    renews: (date: string) => `The next renewal is on ${date}.`,
    action: 'View receipt',
  },
}

export type Payments = typeof payments
