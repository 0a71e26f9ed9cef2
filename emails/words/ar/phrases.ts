// Phrases that several emails share.

export const manage = 'إدارة الاشتراك'
export const receipt = 'عرض الإيصال'
export const nothingNow = 'لا يلزم دفع أي مبلغ هذه المرة.'
export const nothingToday = 'لا يلزم دفع أي مبلغ اليوم.'
export const nothingMore = 'لن تُحتسب أي رسوم أخرى.'
export const paid = (amount: string) => `تم دفع ${amount} بنجاح.`
export const nextRenewal = (date: string) => `التجديد القادم في ${date}.`
