// The script of the inbox page, sent to the browser as it is.

/** Wires the tabs and toggles, and polls for new mail; then it replaces only the list. */
export const SCRIPT = `
const $ = (selector) => document.querySelector(selector)
const $$ = (selector) => [...document.querySelectorAll(selector)]

const tabs = $$('[role=tab]')
const show = (tab) => {
  for (const other of tabs) {
    const on = other === tab
    other.setAttribute('aria-selected', on)
    other.tabIndex = on ? 0 : -1
    document.getElementById(other.getAttribute('aria-controls')).hidden = !on
  }
  $('.toggles').hidden = tab.id !== 'tab-html'
}
tabs.forEach((tab, index) => {
  tab.addEventListener('click', () => show(tab))
  tab.addEventListener('keydown', (event) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const next = tabs[(index + step + tabs.length) % tabs.length]
    next.focus()
    show(next)
  })
})

// The email follows this switch, not the system: the script turns its dark rules on or off in the source.
const frame = $('iframe')
// Nothing else sets the frame's source: a second source while the first loads may leave it blank.
const source = frame?.dataset.source
const DARK = /\\(\\s*prefers-color-scheme\\s*:\\s*dark\\s*\\)/gi
const LIGHT = /\\(\\s*prefers-color-scheme\\s*:\\s*light\\s*\\)/gi
const paint = (scheme) => {
  const dark = scheme === 'dark'
  frame.dataset.scheme = scheme
  frame.style.colorScheme = scheme
  const painted = source
    .replace(DARK, dark ? '(min-width: 0px)' : '(max-width: 0px)')
    .replace(LIGHT, dark ? '(max-width: 0px)' : '(min-width: 0px)')
  if (frame.srcdoc !== painted) frame.srcdoc = painted
}
for (const toggle of $$('.toggle')) {
  const buttons = [...toggle.querySelectorAll('button')]
  const choose = (button) => {
    for (const other of buttons) other.setAttribute('aria-pressed', other === button)
    if (toggle.dataset.sets === 'scheme') paint(button.value)
    else frame.dataset.width = button.value
    localStorage.setItem('inbox-' + toggle.dataset.sets, button.value)
  }
  for (const button of buttons) button.addEventListener('click', () => choose(button))
  const kept = buttons.find((button) => button.value === localStorage.getItem('inbox-' + toggle.dataset.sets))
  choose(kept ?? buttons[0])
}

// Shows times in the reader's time zone.
const localTimes = () => {
  for (const time of $$('time[data-short]')) {
    const at = new Date(time.dateTime)
    const today = new Date().toDateString() === at.toDateString()
    time.textContent = today
      ? at.toLocaleTimeString([], { hour: '2-digit', minute: '2-digit' })
      : at.toLocaleDateString([], { day: 'numeric', month: 'short' })
  }
}
localTimes()

let known = document.body.dataset.version
const refresh = async () => {
  if (document.hidden) return
  const version = await (await fetch('/inbox/version')).text()
  if (version === known) return
  known = version
  // An empty page has no reading position to lose.
  if (!frame) return location.reload()
  const list = $('.list')
  const focused = document.activeElement?.getAttribute?.('href')
  const before = list.scrollHeight
  const at = list.scrollTop
  list.innerHTML = await (await fetch('/inbox/list?open=' + document.body.dataset.open)).text()
  if (at > 0) list.scrollTop = at + list.scrollHeight - before
  if (focused) list.querySelector('[href="' + focused + '"]')?.focus()
  $('.count').textContent = version.split('.')[0]
  localTimes()
}
setInterval(() => refresh().catch(() => {}), 1500)
`
