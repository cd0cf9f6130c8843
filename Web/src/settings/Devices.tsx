import { useEffect, useRef, useState } from "react";
import { accounts, Device } from "../api/accounts";
import { describe } from "../api/errors";
import { Icon } from "../design/Icon";
import { Loading, Problem } from "../design/Notice";
import { showToast } from "../design/toastStore";
import { dayText } from "../strings/days";
import { region } from "../strings/locale";
import { t } from "../strings/t";
import { deviceName } from "../design/deviceName";

/** Where one is signed in, and a way to sign out what is no longer at hand. */
export function Devices() {
  const [devices, setDevices] = useState<readonly Device[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const list = useRef<HTMLUListElement>(null);
  useEffect(() => {
    const controller = new AbortController();
    setProblem(null);
    accounts.devices(controller.signal).then((found) => setDevices(inOrder(found)), (error: unknown) => {
      if (!controller.signal.aborted) setProblem(describe(error));
    });
    return () => controller.abort();
  }, [attempt]);
  const signOut = async (device: Device) => {
    try {
      await accounts.signOutDevice(device.id);
      setDevices((before) => before?.filter(({ id }) => id !== device.id) ?? null);
      showToast(t("settings.deviceSignedOut", { name: nameOf(device) }));
      list.current?.focus();
    } catch (error) {
      setProblem(describe(error));
    }
  };
  if (devices === null) {
    return problem ? <Problem action={{ label: t("settings.tryAgain"), run: () => setAttempt(attempt + 1) }}>{problem}</Problem> : <Loading label={t("settings.readingDevices")} />;
  }
  return (
    <>
      {problem ? <Problem>{problem}</Problem> : null}
      <ul className="devices" aria-label={t("settings.devices")} ref={list} tabIndex={-1}>
        {devices.map((device) => (
          <li key={device.id}>
            <Icon name="devices" size={18} />
            <div>
              <strong dir="auto" title={device.user_agent}>{nameOf(device)}</strong>
              <p>{[device.current ? t("settings.thisDevice") : t("settings.lastUsed", { day: dayText(device.last_used_at) }), placeOf(device)].filter(Boolean).join(" · ")}</p>
            </div>
            {device.current ? null : (
              <button type="button" className="button" onClick={() => void signOut(device)} aria-label={t("settings.signOutOf", { name: nameOf(device) })}>{t("settings.signOut")}</button>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

function nameOf(device: Device): string {
  return deviceName(device.user_agent) || t("settings.unnamedDevice");
}

const countries = new Intl.DisplayNames(region, { type: "region", fallback: "code" });

/** Where it was used last, as far as the server knows. */
function placeOf(device: Device): string {
  return [device.city, device.country === undefined ? undefined : countries.of(device.country)].filter(Boolean).join(", ");
}

/** This one first, then what was used last. */
function inOrder(devices: readonly Device[]): Device[] {
  return [...devices].sort((a, b) => Number(b.current) - Number(a.current) || b.last_used_at.localeCompare(a.last_used_at));
}
