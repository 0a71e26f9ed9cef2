// The script of the console. Every page works without it: it shows times as the operator's clock has them, and reads a page
// that changes by itself again without moving it.

export const script = `
const thisYear = new Date().getFullYear()
const inAList = { month: 'short', day: 'numeric', hour: 'numeric', minute: '2-digit' }
const precise = { dateStyle: 'medium', timeStyle: 'medium' }

const show = (root) => {
  for (const time of root.querySelectorAll('time[datetime]')) {
    const at = new Date(time.dateTime)
    const year = at.getFullYear() === thisYear ? {} : { year: 'numeric' }
    time.title = time.textContent
    time.textContent = at.toLocaleString(undefined, time.matches('.timeline *') ? precise : { ...inAList, ...year })
  }
}

const readAgain = async () => {
  const main = document.getElementById('main')
  const answer = await fetch(location.href).catch(() => null)
  const isSame = answer !== null && answer.ok && answer.url === location.href
  if (answer !== null && !isSame) return location.reload()
  const read = answer && new DOMParser().parseFromString(await answer.text(), 'text/html')
  const next = read && read.getElementById('main')
  if (next) {
    show(next)
    main.replaceWith(next)
  }
  later()
}

const later = () => {
  const { refresh } = document.getElementById('main')?.dataset ?? {}
  if (refresh) setTimeout(readAgain, 1000 * refresh)
}

show(document)
later()
`
