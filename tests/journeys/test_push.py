"""Push messages on a device: the switch of the page, and what the worker shows and opens.

A browser without a screen has no push service, so the page's `PushManager` is one of our own; the
worker is the real one.
"""

import json

import pytest
from playwright.sync_api import Page, expect

from tests.journeys.conftest import SignIn

pytestmark = pytest.mark.journey

HOW = "/messages/how/"
PUSH_MANAGER = """
const keys = { p256dh: "BNcR", auth: "c2l4dGVlbg" };
const kept = () => JSON.parse(localStorage.getItem("kept"));
const subscription = () => kept() && {
  endpoint: kept(),
  toJSON: () => ({ endpoint: kept(), keys }),
  unsubscribe: async () => { localStorage.setItem("kept", "null"); return true; },
};
PushManager.prototype.getSubscription = async () => subscription();
PushManager.prototype.subscribe = async (options) => {
  localStorage.setItem("asked", JSON.stringify({ ...options, applicationServerKey: options.applicationServerKey.length }));
  localStorage.setItem("kept", JSON.stringify("https://fcm.googleapis.com/fcm/send/journey"));
  return subscription();
};
Notification.requestPermission = async () => window.allowed ?? "granted";
"""  # noqa: E501  script of one line each


def opened(signed_in: SignIn, script: str = PUSH_MANAGER, **settings: object) -> Page:
    page = signed_in("adviser", **settings)
    page.add_init_script(script)
    page.goto(HOW)
    return page


def test_a_device_is_told_and_told_no_more(signed_in: SignIn) -> None:
    page = opened(signed_in)
    page.get_by_label("What you call this device").fill("Field phone")
    page.get_by_role("button", name="Tell me on this device").click()

    row = page.locator("li", has_text="Field phone")
    expect(row.get_by_text("this device", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Tell me on this device")).to_be_hidden()
    asked = json.loads(page.evaluate("localStorage.getItem('asked')"))
    assert asked == {"userVisibleOnly": True, "applicationServerKey": 65}

    row.get_by_role("button", name="Stop telling this device").click()
    expect(page.get_by_role("button", name="Tell me on this device")).to_be_visible()
    expect(page.locator("li", has_text="Field phone")).to_have_count(0)
    assert page.evaluate("localStorage.getItem('kept')") == "null"


def test_the_page_says_why_a_device_is_not_told(signed_in: SignIn) -> None:
    page = opened(signed_in, f"{PUSH_MANAGER}; window.allowed = 'denied'")
    page.get_by_role("button", name="Tell me on this device").click()
    expect(page.get_by_text("The browser was not allowed to show messages")).to_be_visible()

    unable = opened(signed_in, "delete window.PushManager")
    expect(unable.get_by_text("This browser takes no push messages.")).to_be_visible()
    expect(unable.get_by_role("button", name="Tell me on this device")).to_be_hidden()


def test_without_script_the_page_says_what_is_missing(signed_in: SignIn) -> None:
    page = opened(signed_in, java_script_enabled=False)

    expect(page.get_by_text("let the browser run scripts")).to_be_visible()
    expect(page.get_by_role("button", name="Tell me on this device")).to_be_hidden()


def test_the_worker_shows_a_message_and_leads_to_it(signed_in: SignIn) -> None:
    page = opened(signed_in, permissions=["notifications"])
    worker = page.context.service_workers or [page.context.wait_for_event("serviceworker")]
    shown = worker[0].evaluate(
        """async () => {
          await show({ title: "Check in.", language: "fr", tag: "k", urgent: true,
            link: "https://elsewhere.example/acknowledge/abc/?x=1" });
          const [each] = await self.registration.getNotifications();
          const { title, body, lang, tag, requireInteraction, data } = each;
          return { title, body, lang, tag, requireInteraction, opens: here(data.link) };
        }"""
    )
    root = page.url.removesuffix(HOW)

    assert shown == {
        "title": "Check in.",
        "body": "",
        "lang": "fr",
        "tag": "k",
        "requireInteraction": True,
        "opens": f"{root}/acknowledge/abc/?x=1",
    }
