package check

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	cdppage "github.com/chromedp/cdproto/page"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// Names of the environment that tests with a browser look at.
const (
	AxePath   = "CONCORD_AXE"   // the file axe.min.js of the npm package axe-core
	ShotsPath = "CONCORD_SHOTS" // a folder that keeps the pictures; without it they go with the test
)

// Browser is a window of a real Chromium that is not shown. Each test has its own, with its own cookies; the program behind
// them is one a test process, since starting it takes longer than most tests.
type Browser struct {
	t    testing.TB
	ctx  context.Context
	axe  string
	into string

	agree atomic.Bool // what is answered to questions of a page
	asked atomic.Int32
}

// chromium is the program of this test process, started by the first test that needs it.
var chromium struct {
	once  sync.Once
	ctx   context.Context
	close func()
	err   error
}

var errNoChromium = errors.New("no Chromium is installed here: ./test installs it")

func startChromium() (ctx context.Context, stop func(), err error) {
	path := ""
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if found, err := exec.LookPath(name); err == nil {
			path = found
			break
		}
	}
	if path == "" {
		return nil, nil, errNoChromium
	}
	dir, err := os.MkdirTemp("", "concord-chromium")
	if err != nil {
		return nil, nil, err
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]), chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.DisableGPU,
		chromedp.UserDataDir(dir), chromedp.Flag("disable-component-update", true), chromedp.Flag("disable-background-networking", true))
	ctx, cancel := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, cancelTab := chromedp.NewContext(ctx)
	stop = func() {
		_ = chromedp.Cancel(ctx) // waits until the browser has let go of its folder
		cancelTab()
		cancel()
		os.RemoveAll(dir)
	}
	if _, err := chromedp.Run(ctx, chromedp.Evaluate[int]("1")); err != nil { // starts it
		stop()
		return nil, nil, err
	}
	return ctx, stop, nil
}

// CloseBrowser ends the program behind all browsers, if there is one: for a package's TestMain.
func CloseBrowser() {
	if chromium.close != nil {
		chromium.close()
	}
}

// OpenBrowser opens a browser that ends with the test; the test is skipped, with a clear sentence, where there is none.
func OpenBrowser(t testing.TB) *Browser {
	t.Helper()
	chromium.once.Do(func() { chromium.ctx, chromium.close, chromium.err = startChromium() })
	if errors.Is(chromium.err, errNoChromium) {
		t.Skip(chromium.err)
	}
	if chromium.err != nil {
		t.Fatalf("the browser: %v", chromium.err)
	}
	b := &Browser{t: t, into: os.Getenv(ShotsPath)}
	b.agree.Store(true)
	ctx, cancel := chromedp.NewContext(chromium.ctx, chromedp.WithNewBrowserContext(), chromedp.WithListener(b.heard))
	t.Cleanup(func() {
		b.Agree() // to leave what a test typed: a window that asks is not closed
		_ = chromedp.Do(ctx, chromedp.Navigate("about:blank"))
		_ = chromedp.Cancel(ctx) // waits until the window is closed
		cancel()
	})
	b.ctx = ctx
	if b.into == "" {
		b.into = t.TempDir()
	}
	if file := os.Getenv(AxePath); file != "" {
		script, err := os.ReadFile(file)
		if err != nil {
			t.Fatalf("%s: %v", AxePath, err)
		}
		b.axe = string(script)
	}
	return b
}

// heard answers whatever a page asks in a window of its own, such as whether to leave what was typed: with yes, unless
// Disagree was called.
func (b *Browser) heard(event any) {
	if _, asks := event.(*cdppage.EventJavascriptDialogOpening); !asks {
		return
	}
	b.asked.Add(1)
	go func() { // a listener may not wait for an answer
		answer := cdppage.HandleJavaScriptDialogParams{Accept: b.agree.Load()}
		_, _ = chromedp.Call(b.ctx, cdppage.HandleJavaScriptDialog, answer) // the page may be gone
	}()
}

// Disagree answers no to what pages ask from now on; Agree answers yes again.
func (b *Browser) Disagree() { b.agree.Store(false) }
func (b *Browser) Agree()    { b.agree.Store(true) }

// Asked is how often pages have asked something.
func (b *Browser) Asked() int { return int(b.asked.Load()) }

// do demands that an action succeeds.
func (b *Browser) do(action chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, action); err != nil {
		b.t.Fatalf("the browser: %v", err)
	}
}

// Look sets the width of the window in CSS pixels, and whether the system is dark.
func (b *Browser) Look(width int, dark bool) {
	b.t.Helper()
	scheme := "light"
	if dark {
		scheme = "dark"
	}
	b.look(width, "", &emulation.MediaFeature{Name: "prefers-color-scheme", Value: scheme})
}

// LookContrast is Look for a reader who has asked the system for more contrast.
func (b *Browser) LookContrast(width int) {
	b.t.Helper()
	b.look(width, "", &emulation.MediaFeature{Name: "prefers-contrast", Value: "more"})
}

// LookPrint shows pages as they are printed, on a sheet of A4.
func (b *Browser) LookPrint() {
	b.t.Helper()
	b.look(794, "print")
}

func (b *Browser) look(width int, media string, features ...*emulation.MediaFeature) {
	b.t.Helper()
	height, mobile := int64(900), width < 600
	if mobile {
		height = 844
	}
	if _, err := chromedp.Call(b.ctx, emulation.SetDeviceMetricsOverride, emulation.SetDeviceMetricsOverrideParams{
		Width: int64(width), Height: height, DeviceScaleFactor: 1, Mobile: mobile}); err != nil {
		b.t.Fatalf("the browser: %v", err)
	}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, emulation.SetEmulatedMediaParams{Media: media,
		Features: append(features, &emulation.MediaFeature{Name: "prefers-reduced-motion", Value: "reduce"})}); err != nil {
		b.t.Fatalf("the browser: %v", err)
	}
}

// Open goes to an address and waits until its main part is there.
func (b *Browser) Open(address string) {
	b.t.Helper()
	b.do(chromedp.Navigate(address))
	b.do(chromedp.WaitReady(chromedp.CSS("#main")))
}

// Eval runs a script in the page and gives its value as JSON; promises are waited for.
func (b *Browser) Eval(script string) string {
	b.t.Helper()
	value, err := b.eval(script)
	if err != nil {
		b.t.Fatalf("the script %s: %v", short(script), err)
	}
	return value
}

func (b *Browser) eval(script string) (string, error) {
	raw, err := chromedp.Run(b.ctx, chromedp.Evaluate[[]byte](script, chromedp.EvalAsValue, chromedp.EvalAwaitPromise))
	return string(raw), err
}

func short(script string) string { return script[:min(len(script), 120)] }

// WaitFor waits until a script in the page gives true. While a page is being left for another there is none to ask.
func (b *Browser) WaitFor(what, script string) {
	b.t.Helper()
	for deadline := time.Now().Add(15 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if value, err := b.eval(script); err == nil && value == "true" {
			return
		}
	}
	b.t.Fatalf("it did not come to pass that %s", what)
}

// Press presses keys as a person does; the constants of package chromedp/kb name those without a letter.
func (b *Browser) Press(keys string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(keys))
}

// PressCtrl presses a key together with Control.
func (b *Browser) PressCtrl(key string) {
	b.t.Helper()
	b.do(chromedp.KeyEvent(key, chromedp.KeyModifiers(kb.ModifierCtrl)))
}

// Click clicks on the first element that a CSS selector picks.
func (b *Browser) Click(selector string) {
	b.t.Helper()
	b.do(chromedp.Click(chromedp.CSS(selector)))
}

// Type types into the first field that a CSS selector picks.
func (b *Browser) Type(selector, text string) {
	b.t.Helper()
	b.do(chromedp.SendKeys(chromedp.CSS(selector), text))
}

// Shoot keeps a picture of the whole page under a name.
func (b *Browser) Shoot(name string) {
	b.t.Helper()
	picture, err := chromedp.Run(b.ctx, chromedp.FullScreenshot(100))
	if err == nil {
		err = os.MkdirAll(b.into, 0o755)
	}
	if err == nil {
		err = os.WriteFile(filepath.Join(b.into, name+".png"), picture, 0o644)
	}
	if err != nil {
		b.t.Fatalf("picture %s: %v", name, err)
	}
}

// Sound demands that the page runs no wider than the window, said nothing in the console, and passes axe-core at WCAG 2.2
// AA where axe-core is here (see AxePath).
func (b *Browser) Sound(name string) {
	b.t.Helper()
	if over := b.Eval(`Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth)`); over != "0" {
		b.t.Errorf("%s is %s pixels wider than the window", name, over)
	}
	if b.axe == "" {
		b.t.Logf("%s was not looked at by axe-core: %s does not name its file", name, AxePath)
		return
	}
	for _, v := range b.violations() {
		b.t.Errorf("%s: %s", name, v)
	}
}

// violations asks axe-core.
func (b *Browser) violations() []string {
	b.t.Helper()
	b.Eval(b.axe + "; true")
	result := b.Eval(`axe.run(document, {runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}).then(r => r.violations.map(
		v => ({id: v.id, help: v.help, nodes: v.nodes.map(n => n.target.join(" ") + " | " + (n.any[0]?.message || n.all[0]?.message || ""))})))`)
	var found []struct {
		ID, Help string
		Nodes    []string
	}
	if err := json.Unmarshal([]byte(result), &found); err != nil {
		b.t.Fatalf("axe-core: %v", err)
	}
	var all []string
	for _, v := range found {
		all = append(all, fmt.Sprintf("%s (%s): %s", v.ID, v.Help, strings.Join(v.Nodes[:min(len(v.Nodes), 4)], "; ")))
	}
	return all
}
