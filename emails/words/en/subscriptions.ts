// Everything about a subscription, from start to end, in English.

export const subscriptions = {
  subscription_confirmation: {
    subject: (plan: string) => `Your ${plan} subscription has started`,
    preheader: {
      paid: (amount: string) => `${amount} paid.`,
      free: 'There is nothing to pay today.',
      renews: (date: string) => `Renews on ${date}.`,
    },
    title: 'Your subscription has started',
    lead: {
      paid: (amount: string, plan: string) =>
        `You are subscribed to ${plan}, and your payment of ${amount} went through.`,
      free: (plan: string) => `You are subscribed to ${plan}. There is nothing to pay today.`,
    },
    renews: (date: string) => `The subscription renews on ${date}, unless you cancel before then.`,
    action: 'Manage subscription',
  },

  trial_started: {
    subject: (plan: string) => `Your ${plan} trial has started`,
    preheader: (date: string) => `Free until the trial ends on ${date}.`,
    title: 'Your trial has started',
    lead: (plan: string, date: string) =>
      `You can use ${plan} free of charge until the trial ends on ${date}. There is nothing to pay today.`,
    next: {
      price: (price: string) =>
        `After that your subscription continues at ${price}, unless you cancel before the trial ends.`,
      noPrice:
        'After that your subscription continues at its regular price, unless you cancel before the trial ends.',
    },
    action: 'Manage subscription',
  },

  subscription_updated: {
    subject: {
      plan: (plan: string) => `Your subscription has changed to ${plan}`,
      quantity: (plan: string) => `Your ${plan} subscription has changed`,
    },
    preheader: {
      paid: (amount: string) => `${amount} paid for the change.`,
      settled: 'The change is in effect now.',
    },
    title: 'Your subscription has changed',
    lead: {
      fromTo: (from: string, to: string) =>
        `Your subscription has changed from ${from} to ${to}, with immediate effect.`,
      to: (to: string) => `Your subscription has changed to ${to}, with immediate effect.`,
      quantity: (plan: string, quantity: string) =>
        `Your ${plan} subscription now has ${quantity}.`,
    },
    charge: {
      paid: (amount: string) => `Your payment of ${amount} for the change went through.`,
      later: 'Any difference in price is settled with your next invoice.',
    },
    facts: { before: 'Before', now: 'Now' },
    action: 'View subscription',
  },

  subscription_change_scheduled: {
    subject: (plan: string) => `A change to your ${plan} subscription is scheduled`,
    preheader: (date: string) => `It takes effect on ${date}. Until then nothing changes.`,
    title: 'Your subscription will change',
    lead: {
      fromTo: (from: string, to: string, date: string) =>
        `Your subscription changes from ${from} to ${to} on ${date}.`,
      quantity: (plan: string, quantity: string, date: string) =>
        `Your ${plan} subscription changes to ${quantity} on ${date}.`,
      unnamed: (plan: string, date: string) => `Your ${plan} subscription changes on ${date}.`,
    },
    next: 'Until then everything stays as it is, and there is nothing to pay now.',
    facts: { now: 'Now', from: (date: string) => `From ${date}` },
    action: 'View the change',
  },

  subscription_cancellation: {
    subject: (plan: string) => `Cancellation confirmed: ${plan}`,
    preheader: {
      until: (date: string) => `You have access until ${date}. It won’t renew.`,
      trial: (date: string) => `You have access until ${date}, and won’t be charged.`,
      noDate: 'It won’t renew.',
    },
    title: 'Your cancellation is confirmed',
    lead: {
      until: (plan: string, date: string) =>
        `The cancellation of your ${plan} subscription is confirmed, and it won’t renew. You have access until ${date}.`,
      trial: (plan: string, date: string) =>
        `The cancellation of your ${plan} trial is confirmed. You have access until ${date}, and it won’t turn into a paid subscription.`,
      noDate: (plan: string) =>
        `The cancellation of your ${plan} subscription is confirmed, and it won’t renew.`,
    },
    change: 'Changed your mind? Until then you can undo the cancellation.',
    facts: { accessUntil: 'Access until' },
    action: 'Keep my subscription',
  },

  subscription_uncanceled: {
    subject: (plan: string) => `Your ${plan} subscription continues`,
    preheader: {
      renews: (date: string) => `The cancellation has been undone. Next renewal: ${date}.`,
      noDate: 'The cancellation has been undone.',
    },
    title: 'Your subscription continues',
    lead: (plan: string) =>
      `Glad you’re staying: the cancellation of your ${plan} subscription has been undone, and nothing changes.`,
    renews: (date: string) => `The next renewal is on ${date}.`,
    action: 'Manage subscription',
  },

  subscription_revoked: {
    subject: (plan: string) => `Your ${plan} subscription has ended`,
    preheader: {
      ended: 'Thank you for having been with us.',
      unpaid: 'The last payment couldn’t be collected.',
    },
    title: 'Your subscription has ended',
    lead: {
      ended: (plan: string, date: string) =>
        `Your ${plan} subscription ended on ${date}. Thank you for having been with us.`,
      /** The customer has cancelled. */
      asked: (plan: string, date: string) =>
        `As you asked, your ${plan} subscription ended on ${date}. Thank you for having been with us.`,
      unpaid: (plan: string, date: string) =>
        `We couldn’t collect the payment for ${plan}, so the subscription ended on ${date}. No further payment will be attempted.`,
    },
    next: 'Your invoices and past orders stay available in your billing portal.',
    facts: { ended: 'Ended on' },
    action: 'View subscription',
  },

  subscription_paused: {
    subject: {
      scheduled: (plan: string) => `Your ${plan} subscription will be paused`,
      paused: (plan: string) => `Your ${plan} subscription is paused`,
    },
    preheader: {
      from: (date: string) => `The pause begins on ${date}.`,
      resumes: (date: string) => `Your subscription resumes on ${date}.`,
      open: 'You won’t be charged during the pause.',
    },
    title: {
      scheduled: 'Your subscription will be paused',
      paused: 'Your subscription is paused',
    },
    lead: {
      from: (plan: string, date: string) =>
        `Your ${plan} subscription will be paused on ${date}. Until then nothing changes.`,
      soon: (plan: string) =>
        `Your ${plan} subscription will be paused at the end of the current period. Until then nothing changes.`,
      paused: (plan: string) => `Your ${plan} subscription is now paused.`,
    },
    next: {
      resumes: (date: string) =>
        `You won’t be charged during the pause. Your subscription resumes automatically on ${date}, and is charged again from then on.`,
      open: 'You won’t be charged during the pause, and you can resume the subscription whenever you like.',
    },
    facts: { pauses: 'Pause begins', resumes: 'Resumes' },
    action: 'Manage subscription',
  },

  subscription_resumed: {
    subject: (plan: string) => `Your ${plan} subscription has resumed`,
    preheader: {
      paid: (amount: string) => `Welcome back. ${amount} paid.`,
      noOrder: 'Welcome back.',
    },
    title: 'Your subscription has resumed',
    lead: (plan: string) => `Welcome back: your ${plan} subscription is active again.`,
    paid: (amount: string) => `Your payment of ${amount} went through.`,
    renews: (date: string) => `The next renewal is on ${date}.`,
    action: 'Manage subscription',
  },
}

export type Subscriptions = typeof subscriptions
