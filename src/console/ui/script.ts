// The script of the console. Every page works without it: it only shows times as the operator's clock has them.

export const script = `
for (const time of document.querySelectorAll('time[datetime]')) {
  const at = new Date(time.dateTime)
  time.title = time.textContent
  time.textContent = at.toLocaleString(undefined, { dateStyle: 'medium', timeStyle: 'medium' })
}
`
