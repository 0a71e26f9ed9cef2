// Phrases that several emails share.

export const manage = 'サブスクリプションを管理する'
export const seeDetails = '明細を見る'
export const nothingNow = '今回のお支払いはありません。'
export const nothingMore = '今後の請求はありません。'
export const paid = (amount: string) => `${amount}のお支払いが完了しました。`
export const renews = (date: string) => `次回の更新日は${date}です。`
