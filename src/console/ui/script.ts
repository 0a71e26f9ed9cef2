// The script of the console. Every page works without it: it only shows times as the operator's clock has them.

export const script = `
const thisYear = new Date().getFullYear()
const inAList = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }
const precise = { dateStyle: 'medium', timeStyle: 'medium' }
for (const time of document.querySelectorAll('time[datetime]')) {
  const at = new Date(time.dateTime)
  const year = at.getFullYear() === thisYear ? {} : { year: 'numeric' }
  time.title = time.textContent
  time.textContent = at.toLocaleString(undefined, time.matches('.timeline *') ? precise : { ...inAList, ...year })
}
`
