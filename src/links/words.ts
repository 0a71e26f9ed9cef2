// The texts of the pages, in the languages and with the terms of the emails (see `emails/words`). A
// missing language fails the type check.

import type { Language } from '../../emails/index.ts'

type PageWords = {
  /** `note` is about the cookie that a press sets. */
  continue: { title: string; text: string; action: string; note: string }
  /** The second step. Its button appears after two seconds. */
  continueAgain: { title: string; text: string }
  /**
   * Also for a forged link and a deleted customer, so it does not promise that a sign-in succeeds.
   */
  gone: { title: string; text: string }
  busy: { title: string; text: string }
  signIn: string
}

export const pageWords: Record<Language, PageWords> = {
  en: {
    continue: {
      title: 'Continue to your billing portal',
      text: 'Press the button once, so that we know a person opened this link.',
      action: 'Continue',
      note: 'This browser will be remembered, and your next link opens at once.',
    },
    continueAgain: {
      title: 'Press once more',
      text: 'Your email has only just arrived, and mail scanners may press buttons too. The button appears in a moment.',
    },
    gone: {
      title: 'This link no longer works',
      text: 'It may be incomplete or have been withdrawn. To see your orders, invoices and subscriptions, sign in with your email address.',
    },
    busy: {
      title: 'Too many visits at once',
      text: 'Wait a few minutes and open the link again, or sign in with your email address.',
    },
    signIn: 'Go to the sign-in page',
  },
  de: {
    continue: {
      title: 'Weiter zu Ihrem Kundenportal',
      text: 'Bitte bestätigen Sie einmal, damit wir wissen, dass ein Mensch diesen Link geöffnet hat.',
      action: 'Weiter',
      note: 'Wir merken uns diesen Browser: Ihr nächster Link öffnet sich ohne Rückfrage.',
    },
    continueAgain: {
      title: 'Bitte noch einmal bestätigen',
      text: 'Ihre E-Mail ist gerade erst angekommen, und auch E-Mail-Scanner können Schaltflächen betätigen. Die Schaltfläche erscheint in wenigen Sekunden.',
    },
    gone: {
      title: 'Dieser Link funktioniert nicht mehr',
      text: 'Vielleicht ist er unvollständig oder wurde zurückgezogen. Um Ihre Bestellungen, Rechnungen und Abonnements zu sehen, melden Sie sich bitte mit Ihrer E-Mail-Adresse an.',
    },
    busy: {
      title: 'Zu viele Aufrufe auf einmal',
      text: 'Bitte warten Sie ein paar Minuten und öffnen Sie den Link dann noch einmal, oder melden Sie sich mit Ihrer E-Mail-Adresse an.',
    },
    signIn: 'Zur Anmeldung',
  },
  fr: {
    continue: {
      title: 'Continuer vers votre espace de facturation',
      text: 'Appuyez une fois sur le bouton\u00a0: nous saurons ainsi qu’une personne a ouvert ce lien.',
      action: 'Continuer',
      note: 'Ce navigateur sera mémorisé, et votre prochain lien s’ouvrira directement.',
    },
    continueAgain: {
      title: 'Appuyez encore une fois',
      text: 'Votre e-mail vient d’arriver, et les filtres de messagerie appuient parfois aussi sur les boutons. Le bouton apparaît dans un instant.',
    },
    gone: {
      title: 'Ce lien ne fonctionne plus',
      text: 'Il est peut-être incomplet, ou il a été désactivé. Pour retrouver vos commandes, factures et abonnements, connectez-vous avec votre adresse e-mail.',
    },
    busy: {
      title: 'Trop de visites en même temps',
      text: 'Patientez quelques minutes et rouvrez le lien, ou connectez-vous avec votre adresse e-mail.',
    },
    signIn: 'Aller à la page de connexion',
  },
  es: {
    continue: {
      title: 'Continuar al portal de facturación',
      text: 'Pulsa el botón una vez: así sabremos que una persona ha abierto este enlace.',
      action: 'Continuar',
      note: 'Recordaremos este navegador, y tu próximo enlace se abrirá al instante.',
    },
    continueAgain: {
      title: 'Confirma una vez más',
      text: 'Tu correo acaba de llegar, y los filtros de correo también pueden pulsar botones. El botón aparecerá en unos segundos.',
    },
    gone: {
      title: 'Este enlace ya no funciona',
      text: 'Puede que esté incompleto o que se haya anulado. Para ver tus pedidos, facturas y suscripciones, inicia sesión con tu correo electrónico.',
    },
    busy: {
      title: 'Demasiadas visitas a la vez',
      text: 'Espera unos minutos y vuelve a abrir el enlace, o inicia sesión con tu correo electrónico.',
    },
    signIn: 'Iniciar sesión',
  },
  pt: {
    continue: {
      title: 'Continuar para o portal do cliente',
      text: 'Clique no botão uma vez: assim sabemos que uma pessoa abriu este link.',
      action: 'Continuar',
      note: 'Este navegador será lembrado, e seu próximo link abrirá na hora.',
    },
    continueAgain: {
      title: 'Confirme mais uma vez',
      text: 'Seu e-mail acabou de chegar, e filtros de e-mail também podem clicar em botões. O botão aparece em instantes.',
    },
    gone: {
      title: 'Este link não funciona mais',
      text: 'Ele pode estar incompleto ou ter sido cancelado. Para ver seus pedidos, faturas e assinaturas, entre com seu e-mail.',
    },
    busy: {
      title: 'Muitos acessos ao mesmo tempo',
      text: 'Espere alguns minutos e abra o link de novo, ou entre com seu e-mail.',
    },
    signIn: 'Ir para a página de login',
  },
  ja: {
    continue: {
      title: 'お支払い管理ページへ進む',
      text: '自動アクセスではないことを確認するため、ボタンを一度押してください。',
      action: '進む',
      note: 'このブラウザを記憶しますので、次回からリンクがすぐに開きます。',
    },
    continueAgain: {
      title: 'もう一度ボタンを押してください',
      text: 'メールが届いた直後は、メールの自動検査がボタンを押すことがあります。ボタンは数秒後に表示されます。',
    },
    gone: {
      title: 'このリンクは無効になっています',
      text: 'リンクが不完全であるか、取り消された可能性があります。ご注文、請求書、サブスクリプションを確認するには、メールアドレスでログインしてください。',
    },
    busy: {
      title: 'アクセス回数が多すぎます',
      text: '数分待ってからもう一度リンクを開くか、メールアドレスでログインしてください。',
    },
    signIn: 'ログインページへ進む',
  },
  sv: {
    continue: {
      title: 'Fortsätt till kundportalen',
      text: 'Tryck en gång på knappen, så vet vi att en människa har öppnat länken.',
      action: 'Fortsätt',
      note: 'Vi kommer ihåg den här webbläsaren, och nästa länk öppnas direkt.',
    },
    continueAgain: {
      title: 'Tryck en gång till',
      text: 'E-postmeddelandet har precis kommit fram, och även e-postfilter kan trycka på knappar. Knappen visas om ett par sekunder.',
    },
    gone: {
      title: 'Länken fungerar inte längre',
      text: 'Den kan vara ofullständig eller ha återkallats. Logga in med din e-postadress för att se dina beställningar, fakturor och prenumerationer.',
    },
    busy: {
      title: 'För många besök på en gång',
      text: 'Vänta några minuter och öppna länken igen, eller logga in med din e-postadress.',
    },
    signIn: 'Till inloggningen',
  },
  ar: {
    continue: {
      title: 'المتابعة إلى بوابة الفواتير والمدفوعات',
      text: 'تكفي ضغطة واحدة على الزر لنتأكد من أن من فتح هذا الرابط شخص لا برنامج.',
      action: 'متابعة',
      note: 'سنتذكّر هذا المتصفّح، وسيُفتح رابطك القادم مباشرةً.',
    },
    continueAgain: {
      title: 'خطوة أخيرة',
      text: 'وصلت الرسالة للتو، وقد تضغط برامج فحص البريد الأزرار أيضًا. سيظهر الزر خلال ثوانٍ، وتكفي ضغطة واحدة عليه.',
    },
    gone: {
      title: 'لم يعد هذا الرابط صالحًا',
      text: 'ربما يكون الرابط غير مكتمل، أو تم إلغاؤه. يمكنك الاطلاع على طلباتك وفواتيرك واشتراكاتك بعد تسجيل الدخول بعنوان بريدك الإلكتروني.',
    },
    busy: {
      title: 'زيارات كثيرة في وقت واحد',
      text: 'يُرجى الانتظار بضع دقائق ثم فتح الرابط من جديد، أو تسجيل الدخول بعنوان بريدك الإلكتروني.',
    },
    signIn: 'الانتقال إلى صفحة تسجيل الدخول',
  },
}
