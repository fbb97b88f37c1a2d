//go:build goolm

package matrix

import (
	"context"
	"encoding/json"
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"attribot/bot/chat"
	"attribot/bot/chat/chattest"
	"attribot/bot/message"

	"maunium.net/go/mautrix"
	"maunium.net/go/mautrix/crypto"
	"maunium.net/go/mautrix/event"
	"maunium.net/go/mautrix/id"
)

// sealedLive is a live room that is encrypted; anna has keys of her own.
func sealedLive(t *testing.T, change ...func(*Options)) *live {
	t.Helper()
	url := liveURL(t)
	l := &live{t: t, url: url, bot: account(t, url, "bot"), anna: account(t, url, "anna"), keep: &memory{}, change: change,
		line: &line{waiting: make(chan struct{}, 64)}}
	// The bot's account gets its signing keys by its password.
	l.change = append(l.change, func(o *Options) { o.Password = "pass-" + l.bot.UserID.Localpart() })
	h := newHuman(t, l.anna)
	l.open, l.seal = h.open, h.seal
	l.room = l.newRoom()
	return l
}

// human is a person's client with keys.
type human struct {
	t     *testing.T
	c     *mautrix.Client
	m     *crypto.OlmMachine
	since string
}

func newHuman(t *testing.T, c *mautrix.Client) *human {
	t.Helper()
	h := &human{t: t, c: c, m: crypto.NewOlmMachine(c, nil, crypto.NewMemoryStore(nil), allSealed{})}
	if err := h.m.Load(t.Context()); err != nil {
		t.Fatal(err)
	}
	if err := h.m.ShareKeys(t.Context(), -1); err != nil {
		t.Fatal(err)
	}
	return h
}

// allSealed says that every room is encrypted.
type allSealed struct{}

func (allSealed) IsEncrypted(context.Context, id.RoomID) (bool, error) { return true, nil }
func (allSealed) GetEncryptionEvent(context.Context, id.RoomID) (*event.EncryptionEventContent, error) {
	return &event.EncryptionEventContent{Algorithm: id.AlgorithmMegolmV1}, nil
}
func (allSealed) GetHistoryVisibility(context.Context, id.RoomID) (*event.HistoryVisibilityEventContent, error) {
	return nil, nil
}
func (allSealed) FindSharedRooms(context.Context, id.UserID) ([]id.RoomID, error) { return nil, nil }

// sync takes the keys that came in.
func (h *human) sync() {
	r, err := h.c.FullSyncRequest(h.t.Context(), mautrix.ReqSync{Since: h.since})
	if err != nil {
		h.t.Error(err)
		return
	}
	h.m.ProcessSyncResponse(h.t.Context(), r, h.since)
	h.since = r.NextBatch
}

// open decrypts what the bot said; what stays closed is an event of another type,
// which a person does not see.
func (h *human) open(e *event.Event) *event.Event {
	if e.Type.Type != event.EventEncrypted.Type {
		return e
	}
	_ = e.Content.ParseRaw(event.EventEncrypted)
	for range 2 {
		if d, err := h.m.DecryptMegolmEvent(h.t.Context(), e); err == nil {
			return d
		}
		h.sync()
	}
	return e
}

// seal encrypts for everyone in the room.
func (h *human) seal(room string, content any) (any, error) {
	raw, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	h.sync()
	at := id.RoomID(room)
	if err := h.m.CryptoStore.RemoveOutboundGroupSession(h.t.Context(), at); err != nil {
		return nil, err
	}
	members, err := h.c.JoinedMembers(h.t.Context(), at)
	if err != nil {
		return nil, err
	}
	var users []id.UserID
	for u := range members.Joined {
		users = append(users, u)
	}
	if err := h.m.ShareGroupSession(h.t.Context(), at, users); err != nil {
		return nil, err
	}
	return h.m.EncryptMegolmEvent(h.t.Context(), at, event.EventMessage, json.RawMessage(raw))
}

func TestLiveSealedConformance(t *testing.T) {
	chattest.Run(t, func(t *testing.T) chattest.Harness { return sealedLive(t).harness() })
}

func TestLiveSealedRoomHoldsNothingPlain(t *testing.T) {
	l := sealedLive(t)
	m := message.Message{Headline: "a secret alert", Files: []message.File{{Name: "t.png", Type: "image/png", Data: []byte("png")}}}
	if _, err := l.network().Post(t.Context(), chat.Outgoing{Key: "k1", To: l.room, Message: m}); err != nil {
		t.Fatal(err)
	}
	page, err := l.anna.Messages(t.Context(), id.RoomID(l.room), "", "", mautrix.DirectionBackward, nil, 100)
	if err != nil {
		t.Fatal(err)
	}
	sealed := 0
	for _, e := range page.Chunk {
		if e.Sender != l.bot.UserID || e.StateKey != nil {
			continue
		}
		sealed++
		if e.Type.Type != event.EventEncrypted.Type || strings.Contains(string(e.Content.VeryRaw), "secret alert") || strings.Contains(string(e.Content.VeryRaw), "t.png") {
			t.Errorf("the homeserver holds %s %s", e.Type.Type, e.Content.VeryRaw)
		}
	}
	if s := l.shown(t, l.room); sealed != 2 || len(s) != 2 || !strings.Contains(s[0].Text, "a secret alert") {
		t.Errorf("%d sealed events, anna reads %+v", sealed, s)
	}
}

func TestLiveSealedKeysSurviveARestart(t *testing.T) {
	l := sealedLive(t)
	var heard atomic.Int32
	handle := func(_ context.Context, cmd chat.Command) chat.Reply {
		heard.Add(1)
		return chat.Reply{Message: message.Message{Headline: "answer to " + cmd.Text}}
	}
	stop := l.listen(t, l.network(), handle)
	l.join(t, l.room)
	l.say(t, l.room, "!attribution one")
	l.until(t, "the first answer", func() bool { return l.reads(t, "answer to one") == 1 })
	stop()
	l.say(t, l.room, "!attribution two, while the bot is away")
	stop = l.listen(t, l.network(), handle)
	defer stop()
	l.until(t, "the second answer", func() bool { return l.reads(t, "answer to two") == 1 })
	if l.reads(t, "answer to one") != 1 || heard.Load() != 2 {
		t.Errorf("%d commands were handled, want 2", heard.Load())
	}
}

func TestLiveSealedDeviceIsSignedByItsAccount(t *testing.T) {
	l := sealedLive(t)
	for range 2 { // the second time with what the first has kept
		n := l.network()
		if err := n.session(t.Context()); err != nil {
			t.Fatal(err)
		}
		if has, signed, err := n.crypt.machine.GetOwnVerificationStatus(t.Context()); !has || !signed || err != nil {
			t.Errorf("signing keys %t, device signed %t, %v", has, signed, err)
		}
	}
	recovery, err := l.keep.Load(recoveryName)
	if err != nil || recovery == nil {
		t.Fatalf("recovery key %q, %v", recovery, err)
	}
	// A new device of the same account is signed by the recovery key.
	login, err := l.bot.Login(t.Context(), &mautrix.ReqLogin{Type: mautrix.AuthTypePassword, Password: "pass-" + l.bot.UserID.Localpart(),
		Identifier: mautrix.UserIdentifier{Type: mautrix.IdentifierTypeUser, User: string(l.bot.UserID)}})
	if err != nil {
		t.Fatal(err)
	}
	l.bot.AccessToken, l.keep = login.AccessToken, &memory{}
	l.change = append(l.change, func(o *Options) { o.RecoveryKey = string(recovery) })
	n := l.network()
	if err := n.session(t.Context()); err != nil {
		t.Fatal(err)
	}
	if has, signed, err := n.crypt.machine.GetOwnVerificationStatus(t.Context()); !has || !signed || err != nil {
		t.Errorf("new device: signing keys %t, device signed %t, %v", has, signed, err)
	}
}

func TestLiveSealedNewcomerReadsWhatIsSaidAfterwards(t *testing.T) {
	l := sealedLive(t)
	n := l.network()
	stop := l.listen(t, n, func(context.Context, chat.Command) chat.Reply { return chat.Reply{} })
	defer stop()
	l.join(t, l.room)
	if _, err := n.Post(t.Context(), chat.Outgoing{Key: "k1", To: l.room, Message: message.Message{Headline: "before"}}); err != nil {
		t.Fatal(err)
	}
	ben := account(t, l.url, "ben")
	h := newHuman(t, ben)
	if _, err := l.anna.InviteUser(t.Context(), id.RoomID(l.room), &mautrix.ReqInviteUser{UserID: ben.UserID}); err != nil {
		t.Fatal(err)
	}
	if _, err := ben.JoinRoomByID(t.Context(), id.RoomID(l.room)); err != nil {
		t.Fatal(err)
	}
	reading := func(words string) bool {
		page, err := ben.Messages(t.Context(), id.RoomID(l.room), "", "", mautrix.DirectionBackward, nil, 100)
		if err != nil {
			t.Fatal(err)
		}
		for _, e := range page.Chunk {
			e.RoomID = id.RoomID(l.room)
			if strings.Contains(string(h.open(e).Content.VeryRaw), words) {
				return true
			}
		}
		return false
	}
	i := 0
	l.until(t, "ben reads what is said after he came", func() bool {
		i++
		out := chat.Outgoing{Key: fmt.Sprint("after", i), To: l.room, Message: message.Message{Headline: "after"}}
		if _, err := n.Post(t.Context(), out); err != nil {
			t.Fatal(err)
		}
		return reading("after")
	})
	if reading("before") {
		t.Error("ben reads what was said before he came")
	}
}

func TestKeysComeBackFromTheStore(t *testing.T) {
	ctx, store := t.Context(), &memory{}
	k, err := openKeys(store, "crypto/DEV/", "")
	if err != nil {
		t.Fatal(err)
	}
	account := crypto.NewOlmAccount()
	account.Shared = true
	out, err := crypto.NewOutboundGroupSession("!room", nil, nil)
	if err != nil {
		t.Fatal(err)
	}
	out.Shared, out.Users[crypto.UserDevice{UserID: "@a:b", DeviceID: "D"}] = true, crypto.OGSAlreadyShared
	inbound, err := crypto.NewInboundGroupSession("sender", "signing", "!room", out.Internal.Key(), time.Hour, 5, nil, false)
	if err != nil {
		t.Fatal(err)
	}
	at := time.Now()
	must := func(errs ...error) {
		t.Helper()
		for _, err := range errs {
			if err != nil {
				t.Fatal(err)
			}
		}
	}
	must(k.PutAccount(ctx, account), k.AddOutboundGroupSession(ctx, out), k.PutGroupSession(ctx, inbound),
		k.MarkOutboundGroupSessionShared(ctx, "@a:b", "key", out.ID()), k.PutOlmHash(ctx, [32]byte{1}, at),
		k.PutDevices(ctx, "@a:b", map[id.DeviceID]*id.Device{"D": {UserID: "@a:b", DeviceID: "D", IdentityKey: "key"}}),
		k.PutDevices(ctx, "@none:b", nil), k.MarkTrackedUsersOutdated(ctx, []id.UserID{"@a:b"}),
		k.PutCrossSigningKey(ctx, "@a:b", id.XSUsageMaster, "master"), k.PutSignature(ctx, "@a:b", "k1", "@c:d", "k2", "signed"),
		k.PutSecret(ctx, "s", "v"), k.PutWithheldGroupSession(ctx, event.RoomKeyWithheldEventContent{RoomID: "!room", SessionID: "other", Code: "m.unverified"}))
	if ok, err := k.ValidateMessageIndex(ctx, "s", "$1", 3, 7); !ok || err != nil {
		t.Errorf("a new message: %t, %v", ok, err)
	}
	if _, err := out.Encrypt([]byte("one step")); err != nil {
		t.Fatal(err)
	}
	must(k.UpdateOutboundGroupSession(ctx, out))

	again, err := openKeys(store, "crypto/DEV/", "")
	if err != nil {
		t.Fatal(err)
	}
	a, err := again.GetAccount(ctx)
	if err != nil || a == nil || !a.Shared || a.IdentityKey() != account.IdentityKey() {
		t.Errorf("account %+v, %v", a, err)
	}
	o, err := again.GetOutboundGroupSession(ctx, "!room")
	if err != nil || o == nil || o.ID() != out.ID() || o.Internal.MessageIndex() != 1 || o.MessageCount != 1 || len(o.Users) != 1 || !o.Shared {
		t.Errorf("outbound session %+v, %v", o, err)
	}
	in, err := again.GetGroupSession(ctx, "!room", inbound.ID())
	if err != nil || in == nil || in.SenderKey != "sender" || in.MaxMessages != 5 {
		t.Errorf("inbound session %+v, %v", in, err)
	}
	if shared, _ := again.IsOutboundGroupSessionShared(ctx, "@a:b", "key", out.ID()); !shared {
		t.Error("who has the key is forgotten")
	}
	if d, _ := again.GetDevice(ctx, "@a:b", "D"); d == nil || d.IdentityKey != "key" {
		t.Errorf("device %+v", d)
	}
	if users, _ := again.FilterTrackedUsers(ctx, []id.UserID{"@a:b", "@none:b", "@never:b"}); len(users) != 2 {
		t.Errorf("tracked %v, want also who has no device", users)
	}
	if users, _ := again.GetOutdatedTrackedUsers(ctx); len(users) != 1 {
		t.Errorf("outdated %v", users)
	}
	if signed, _ := again.IsKeySignedBy(ctx, "@a:b", "k1", "@c:d", "k2"); !signed {
		t.Error("a signature is forgotten")
	}
	if v, _ := again.GetSecret(ctx, "s"); v != "v" {
		t.Errorf("secret %q", v)
	}
	if w, _ := again.GetWithheldGroupSession(ctx, "!room", "other"); w == nil {
		t.Error("a withheld key is forgotten")
	}
	if h, _ := again.GetOlmHash(ctx, [32]byte{1}); h.IsZero() {
		t.Error("a handled message is forgotten")
	}
	for e, want := range map[id.EventID]bool{"$1": true, "$2": false} {
		if ok, _ := again.ValidateMessageIndex(ctx, "s", e, 3, 7); ok != want {
			t.Errorf("message %s at the same place: %t", e, ok)
		}
	}
	must(again.DeleteOldOlmHashes(ctx, at.Add(time.Second)), again.DeleteSecret(ctx, "s"), again.RemoveOutboundGroupSession(ctx, "!room"))
	if _, err := again.RedactGroupSessions(ctx, "!room", "", ""); err != nil {
		t.Fatal(err)
	}
	if _, err := again.DropSignaturesByKey(ctx, "@c:d", "k2"); err != nil {
		t.Fatal(err)
	}
	third, err := openKeys(store, "crypto/DEV/", "")
	if err != nil {
		t.Fatal(err)
	}
	if o, _ := third.GetOutboundGroupSession(ctx, "!room"); o != nil {
		t.Error("a removed key came back")
	}
	if in, _ := third.GetGroupSession(ctx, "!room", inbound.ID()); in != nil {
		t.Error("a redacted key came back")
	}
	if signed, _ := third.IsKeySignedBy(ctx, "@a:b", "k1", "@c:d", "k2"); signed {
		t.Error("a dropped signature came back")
	}
	if _, err := openKeys(store, "crypto/DEV/", "another secret"); err == nil {
		t.Error("keys open with another secret")
	}
}

func TestLiveSealedMessageWithoutAKeyIsNamedPlainly(t *testing.T) {
	l := sealedLive(t)
	var heard atomic.Int32
	stop := l.listen(t, l.network(), func(context.Context, chat.Command) chat.Reply {
		heard.Add(1)
		return chat.Reply{Message: message.Message{Headline: "answer"}}
	})
	defer stop()
	l.join(t, l.room)
	ben := account(t, l.url, "ben")
	h := newHuman(t, ben)
	at := id.RoomID(l.room)
	if _, err := l.anna.InviteUser(t.Context(), at, &mautrix.ReqInviteUser{UserID: ben.UserID}); err != nil {
		t.Fatal(err)
	}
	if _, err := ben.JoinRoomByID(t.Context(), at); err != nil {
		t.Fatal(err)
	}
	if err := h.m.ShareGroupSession(t.Context(), at, []id.UserID{l.anna.UserID}); err != nil { // the bot gets no key
		t.Fatal(err)
	}
	for range 2 {
		sealed, err := h.m.EncryptMegolmEvent(t.Context(), at, event.EventMessage, json.RawMessage(`{"msgtype":"m.text","body":"!attribution help"}`))
		if err != nil {
			t.Fatal(err)
		}
		if _, err := ben.SendMessageEvent(t.Context(), at, event.EventEncrypted, sealed); err != nil {
			t.Fatal(err)
		}
	}
	l.until(t, "the bot says that it can't read", func() bool {
		_, _ = l.anna.SendReaction(t.Context(), at, "$none", fmt.Sprint(time.Now().UnixNano())) // a round of events goes by
		return l.reads(t, closedText) > 0
	})
	if n := l.reads(t, closedText); n != 1 || heard.Load() != 0 {
		t.Errorf("said %d times, %d commands heard", n, heard.Load())
	}
}
