import { createServer } from 'node:http'
import { chromium } from 'playwright-core'
import { Resend } from 'resend'
import { createMovableClock } from '../../src/runtime/clock.ts'
import { createSimulatedPolar } from '../../src/sandbox/polar/server.ts'
import { createSimulatedResend } from '../../src/sandbox/resend/server.ts'
const clock = createMovableClock()
const got: string[] = []
const hook = createServer((q,r)=>{let b='';q.on('data',d=>b+=d);q.on('end',()=>{got.push(JSON.parse(b).type);r.statusCode=202;r.end('{}')})}).listen(0)
const polar = await createSimulatedPolar({clock, accessToken:'t', webhookSecret:'whsec_'+Buffer.from('secret-secret-secret').toString('base64'), webhookUrl:()=>`http://127.0.0.1:${(hook.address() as any).port}/`, organization:{id:'3ceaaf30-8142-48ea-91d9-3080f9b439fc',name:'Larkspur Audio',slug:'larkspur'}})
const resend = await createSimulatedResend({clock, apiKey:'re_x', rateLimit: Infinity})
const rs = new Resend('re_x',{baseUrl:resend.url})
const p = await polar.scenario.purchase({amount: 7400, tax: 512, discount: 1000})
const f = await polar.scenario.failRenewal({customer:p.customerId, product:{name:'Studio Plan'}})
const s = await polar.scenario.subscribe({customer:p.customerId, product:{name:'Sample Vault', amount: 3500, currency:'jpy'}})
await polar.scenario.cancel(s.subscriptionId)
const token = async () => (await (await fetch(polar.url+'/v1/customer-sessions/',{method:'POST',headers:{authorization:'Bearer t'},body:JSON.stringify({customer_id:p.customerId})})).json()).customer_portal_url as string
const browser = await chromium.launch({executablePath:'/usr/bin/chromium', args:'--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'.split(' ')})
const only = process.argv[2]
for (const [name,width,scheme] of [['desk-light',1280,'light'],['desk-dark',1280,'dark'],['phone-light',390,'light'],['phone-dark',390,'dark']] as const) {
  const ctx = await browser.newContext({viewport:{width,height: width>400?820:844}, colorScheme:scheme, deviceScaleFactor: 1})
  const page = await ctx.newPage()
  page.on('pageerror', e=>console.log('pageerror',String(e))); page.on('console', m=>m.type()==='error'&&console.log(m.text()))
  const shot = async (n:string)=>{ await page.screenshot({path:`/tmp/shots/${n}-${name}.png`, fullPage: !n.startsWith('inbox')}); const over = await page.evaluate('document.documentElement.scrollWidth - innerWidth'); if(over as number>0) console.log('overflow',n,name,over) }
  if (only !== 'inbox') {
  const url = await token(); const at=(x:string)=>url.replace('/portal?',`/portal${x}?`)
  await page.goto(url); console.log(page.url().replace(/token=.*/,'')); await shot('overview')
  await page.goto(at(`/orders/${p.orderId}`)); await shot('order')
  await page.goto(at(`/orders/${f.orderId}`)); await shot('pending')
  await page.getByTestId('retry-payment').click().catch(()=>{}); await shot('declined')
  await page.goto(at(`/subscriptions/${f.subscriptionId}`)); await shot('sub')
  await page.goto(at('/settings')); await shot('settings')
  await page.goto(polar.url+'/larkspur/portal/overview?customer_session_token=x&email=mara.lindqvist%40example.com'); await shot('request')
  await page.getByTestId('sign-in-request').click(); await shot('code')
  const code = await page.getByTestId('sign-in-code-hint').textContent(); await page.getByTestId('sign-in-code').fill(code!); await page.getByTestId('sign-in-submit').click(); console.log(page.url().slice(0,60), await page.getByTestId('session').textContent())
  if (name==='phone-dark') { await page.goto(at('/settings')); got.length=0; await page.getByTestId('add-payment-method').click(); await shot('recovered'); console.log(got); await page.goto(at(`/orders/${f.orderId}`)); console.log(await page.getByTestId('order-status').textContent()); await shot('paid') }
  }
  if (only !== 'portal') {
  if (name==='desk-light') { await page.goto(resend.url); await shot('inboxempty') 
    const html=(t:string)=>`<!doctype html><html><head><meta charset="utf-8"><meta name="color-scheme" content="light dark"><style>body{background:#f4f4f5;color:#18181b;font-family:sans-serif}.c{background:#fff;max-width:560px;margin:24px auto;padding:32px;border-radius:12px}@media (prefers-color-scheme:dark){body{background:#111;color:#eee}.c{background:#1c1c1f}}</style></head><body><div style="display:none">${t} – the preheader that a list shows &amp; more</div><div class="c"><h1>${t}</h1><p>Hello Mara, thank you.</p><p><a href="https://billing.example.com/l/abc">Manage subscription</a></p></div></body></html>`
    for (const t of ['Your order of Field Recordings Vol. 2','Your Studio Plan payment failed','Your subscription has been renewed <b>','您的订单 – a very long subject that goes on and on to see what the list does with it'])
      { const r = await rs.emails.send({from:'Larkspur Audio <billing@larkspur.example.com>',to:'mara.lindqvist@example.com',replyTo:'help@larkspur.example.com',subject:t,html:html(t),text:`Hello Mara,\n\nthank you for your order.\n\nManage it here: https://billing.example.com/l/abcdefghijklmnopqrstuvwxyz0123456789.\n`,tags:[{name:'kind',value:'order_confirmation'},{name:'message',value:'m_1'}],headers:{'Auto-Submitted':'auto-generated'}}); if(r.error) console.log(r.error) } }
  await page.goto(resend.url); await page.waitForTimeout(300); await shot('inbox')
  const id=resend.inbox()[1]!.id; await page.goto(resend.url+'/inbox/'+id); await page.waitForTimeout(200); await shot('inboxmail')
  await page.getByRole('button',{name:'Dark'}).click(); await page.waitForTimeout(300); await shot('inboxmaildark')
  await page.getByRole('tab',{name:'Text'}).click(); await shot('inboxtext')
  await page.getByRole('tab',{name:'Headers'}).click(); await shot('inboxrest')
  if(name==='desk-light'){ await page.getByRole('tab',{name:'HTML'}).click(); await page.getByRole('button',{name:'Phone'}).click(); await page.waitForTimeout(300); await shot('inboxphone')
    const before=await page.locator('.list li').count(); await rs.emails.send({from:'a@example.com',to:'b@example.com',subject:'new',text:'hi'}); await page.waitForTimeout(1900); console.log('list', before, await page.locator('.list li').count())
    const [pop]=await Promise.all([ctx.waitForEvent('page'), page.frameLocator('iframe').getByRole('link').click()]); console.log('popup', pop.url()) }
  }
  await ctx.close()
}
await browser.close(); await polar.close(); await resend.close(); hook.close()
