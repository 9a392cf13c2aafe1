/** The frame of every screen: skip link, navigation by role, network, language, who is signed in. */
import { isLanguage, languageNames, languages } from '@darmon/i18n/language';
import { Alert, Button, Menu, Popover, Text } from '@mantine/core';
import {
  IconAlertTriangle,
  IconArrowsExchange,
  IconBell,
  IconBellRinging,
  IconBooks,
  IconBuildingHospital,
  IconBuildingStore,
  IconCalendarCheck,
  IconChartHistogram,
  IconClipboardList,
  IconCoins,
  IconDeviceMobile,
  IconEye,
  IconFileText,
  IconFileX,
  IconFolder,
  IconGavel,
  IconLanguage,
  IconListDetails,
  IconListNumbers,
  IconLogout,
  IconMap2,
  IconMessage,
  IconPackage,
  IconPackageImport,
  IconPill,
  IconPrescription,
  IconReportAnalytics,
  IconRosetteDiscountCheck,
  IconShieldCheck,
  IconShoppingCart,
  IconTag,
  IconTemperature,
  IconUser,
  IconUserShare,
  IconUserShield,
  IconUsers,
  IconWifi,
  IconWifiOff,
} from '@tabler/icons-react';
import { Link, Outlet, useRouterState } from '@tanstack/react-router';
import { useEffect, useRef, useState, useSyncExternalStore } from 'react';
import { AskedCount } from './asked-count.tsx';
import { ClockBanner } from './clock-banner.tsx';
import { currentLanguage, setLanguage, useLanguage, useT } from './language.ts';
import { useMe } from './me.ts';
import { navigationOf, type Screen, screensOf } from './navigation.ts';
import { signInAgain, signOut, useSession } from './session.ts';
import { ToSignCount } from './to-sign-count.tsx';

const icons: Readonly<Record<Screen['to'], typeof IconPill>> = {
  '/prescribe': IconPrescription,
  '/dispense': IconPill,
  '/witness': IconEye,
  '/warehouse/stock': IconPackage,
  '/warehouse/alerts': IconBell,
  '/warehouse/receive': IconPackageImport,
  '/warehouse/receipts': IconFileText,
  '/warehouse/release': IconRosetteDiscountCheck,
  '/warehouse/temperatures': IconTemperature,
  '/warehouse/overview': IconMap2,
  '/transfers': IconArrowsExchange,
  '/counts': IconListNumbers,
  '/write-offs': IconFileX,
  '/recalls': IconBellRinging,
  '/procure': IconChartHistogram,
  '/orders': IconShoppingCart,
  '/suppliers': IconBuildingStore,
  '/requisitions': IconClipboardList,
  '/requisitions/needs': IconListDetails,
  '/requisitions/budgets': IconCoins,
  '/requisitions/delegations': IconUserShare,
  '/requisitions/prices': IconTag,
  '/audit': IconClipboardList,
  '/reports': IconReportAnalytics,
  '/feedback': IconMessage,
  '/cases': IconFolder,
  '/periods': IconCalendarCheck,
  '/reviews': IconEye,
  '/log-check': IconBooks,
  '/privacy': IconUserShield,
  '/admin/people': IconUsers,
  '/admin/sites': IconBuildingHospital,
  '/admin/policy': IconGavel,
  '/admin/knowledge': IconShieldCheck,
};

const watchNetwork = (listener: () => void): (() => void) => {
  addEventListener('online', listener);
  addEventListener('offline', listener);
  return () => {
    removeEventListener('online', listener);
    removeEventListener('offline', listener);
  };
};

/** Whether the device believes it has a network. */
const useOnline = (): boolean => useSyncExternalStore(watchNetwork, () => navigator.onLine);

const NetworkMark = () => {
  const t = useT();
  const online = useOnline();
  const Icon = online ? IconWifi : IconWifiOff;
  return (
    <span className="network" role="status" data-online={online}>
      <Icon size={20} aria-hidden />
      <span className={online ? 'only-wide' : undefined}>{t(online ? 'web-shared:online' : 'web-shared:offline')}</span>
    </span>
  );
};

const LanguageMenu = () => {
  const t = useT();
  const language = useLanguage();
  return (
    <Menu position="bottom-end" width={200} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <Button
          variant="subtle"
          px="xs"
          leftSection={<IconLanguage size={20} aria-hidden />}
          aria-label={`${t('common:language')}: ${languageNames[language]}`}
        >
          <span className="only-wide">{languageNames[language]}</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.RadioGroup value={language} onChange={(one) => isLanguage(one) && setLanguage(one)}>
          {languages.map((one) => (
            <Menu.RadioItem key={one} value={one} lang={one} closeMenuOnClick>
              {languageNames[one]}
            </Menu.RadioItem>
          ))}
        </Menu.RadioGroup>
      </Menu.Dropdown>
    </Menu>
  );
};

const PersonMenu = () => {
  const t = useT();
  const { data: me } = useMe();
  if (!me) return null;
  return (
    <Popover position="bottom-end" width={280} withinPortal={false} trapFocus returnFocus>
      <Popover.Target>
        <Button
          variant="subtle"
          px="xs"
          leftSection={<IconUser size={20} aria-hidden />}
          aria-label={t('web-shared:signed-in-as', { name: me.name })}
        >
          <span className="only-wide">{me.name}</span>
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Text fw={600}>{me.name}</Text>
        <Text size="sm" className="quiet">
          {me.roles.map((role) => t(`common:role.${role}`)).join(', ')} · {me.site}
        </Text>
        {me.roles.some((role) => role === 'doctor' || role === 'pharmacist') && (
          <Button
            mt="sm"
            fullWidth
            variant="default"
            component={Link}
            to="/poster"
            leftSection={<IconMessage size={18} aria-hidden />}
          >
            {t('web-shared:feedback-poster')}
          </Button>
        )}
        <Button
          mt="sm"
          fullWidth
          variant="default"
          component={Link}
          to="/account/second-factor"
          leftSection={<IconDeviceMobile size={18} aria-hidden />}
        >
          {t('web-shared:second-factor')}
        </Button>
        <Button
          mt="sm"
          fullWidth
          variant="default"
          leftSection={<IconLogout size={18} aria-hidden />}
          onClick={() => void signOut()}
        >
          {t('web-shared:sign-out')}
        </Button>
      </Popover.Dropdown>
    </Popover>
  );
};

/** Shown in place of nothing lost: the page stays, and the person signs in again beside it. */
const SessionEnded = () => {
  const t = useT();
  const session = useSession();
  const [failed, setFailed] = useState(false);
  if (session !== 'ended') return null;
  return (
    <Alert
      role="alert"
      color="orange"
      mb="md"
      icon={<IconAlertTriangle aria-hidden />}
      title={t('web-shared:session-ended')}
    >
      <Text>{t('web-shared:session-ended-kept')}</Text>
      <Button
        mt="sm"
        onClick={() => {
          setFailed(false);
          signInAgain(currentLanguage()).catch(() => setFailed(true));
        }}
      >
        {t('web-shared:sign-in-again')}
      </Button>
      {failed && <Text mt="xs">{t('web-shared:sign-in-failed')}</Text>}
    </Alert>
  );
};

/** The root of all screens. On a change of screen the focus goes to its heading (see `Page`). */
export const Layout = () => {
  const t = useT();
  const { data: me } = useMe();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const first = useRef(true);
  useEffect(() => {
    if (first.current) first.current = false;
    else if (path) scrollTo(0, 0);
  }, [path]);
  const row = useRef<HTMLElement>(null);
  const second = useRef<HTMLElement>(null);
  // On a narrow screen a row of screens scrolls: the one that is open must not lie outside it.
  useEffect(() => {
    for (const { current } of [row, second]) {
      const here = path && me && current?.querySelector('[aria-current]');
      if (!current || !here) continue;
      const [outer, inner] = [current.getBoundingClientRect(), here.getBoundingClientRect()];
      if (inner.left < outer.left || inner.right > outer.right) current.scrollBy(inner.left - outer.left, 0);
    }
  }, [path, me]);
  const mine = screensOf(me?.roles ?? []);
  const { row: screens, within, open, here } = navigationOf(mine, path);
  const hasActs = mine.some(({ to }) => to === '/write-offs');
  return (
    <>
      <a className="skip" href="#main">
        {t('web-shared:skip')}
      </a>
      <header className="bar">
        <div className="bar-row">
          <Link to="/" className="brand">
            <img src="/icon.svg" width={28} height={28} alt="Darmon" />
            <span aria-hidden>Darmon</span>
          </Link>
          {screens.length > 0 && (
            <nav className="roles" ref={row} aria-label={t('web-shared:navigation')}>
              {screens.map(({ to, word, isGroup, isHere }) => {
                const Icon = icons[to];
                return (
                  <Link
                    key={to}
                    to={to}
                    activeProps={{}}
                    {...(isHere && { 'aria-current': isGroup ? ('true' as const) : ('page' as const) })}
                  >
                    <Icon size={20} aria-hidden />
                    {t(word)}
                    {to === '/witness' && <AskedCount />}
                    {(to === '/write-offs' || (word === 'web-shared:nav-goods' && hasActs)) && <ToSignCount />}
                  </Link>
                );
              })}
            </nav>
          )}
          <div className="bar-end">
            <NetworkMark />
            <LanguageMenu />
            <PersonMenu />
          </div>
        </div>
        {open && (
          <div className="bar-within">
            <nav className="roles within" ref={second} aria-label={t(open)}>
              {within.map(({ to, word }) => {
                const Icon = icons[to];
                return (
                  <Link
                    key={to}
                    to={to}
                    activeOptions={{ exact: true }}
                    {...(to === here?.to && { 'aria-current': 'page' as const })}
                  >
                    <Icon size={20} aria-hidden />
                    {t(word)}
                    {to === '/write-offs' && <ToSignCount />}
                  </Link>
                );
              })}
            </nav>
          </div>
        )}
      </header>
      <main className="content" id="main" tabIndex={-1}>
        {path !== '/sign-in' && <SessionEnded />}
        {me && <ClockBanner />}
        <Outlet />
      </main>
    </>
  );
};
