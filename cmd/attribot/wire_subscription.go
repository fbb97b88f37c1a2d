package main

import (
	"context"
	"fmt"
	"strings"
	"time"

	"attribot/bot/deliver"
	"attribot/store"
)

// declareSubscriptions brings the configured subscriptions and mutes into the
// store, under their stable keys.
func (r *rooms) declareSubscriptions(ctx context.Context) error {
	if _, err := r.store.DeclareSubscriptions(ctx, r.config.subscriptions()); err != nil {
		return fmt.Errorf("declare subscriptions: %w", err)
	}
	return r.declareMutes(ctx)
}

func (c *Config) subscriptions() []store.Subscription {
	var all []store.Subscription
	for _, s := range c.Subscription {
		network, channel, _ := strings.Cut(s.To, ":")
		all = append(all, store.Subscription{ID: store.SubscriptionID(s.ID), Declared: true, Network: network, Channel: channel,
			Query: s.Query, When: s.When, Zone: s.Zone, Empty: s.Empty, Review: s.Review, By: byConfiguration})
	}
	if network, channel, ok := strings.Cut(c.Delivery.Operators, ":"); ok {
		all = append(all, deliver.OperatorSubscription(network, channel))
	}
	return all
}

// declareMutes adds the configured mutes that are not there yet and takes back
// those that the configuration no longer has.
func (r *rooms) declareMutes(ctx context.Context) error {
	stored, err := r.store.Mutes()
	if err != nil {
		return fmt.Errorf("declare mutes: %w", err)
	}
	have := map[store.Mute]store.MuteID{}
	for _, m := range stored {
		if m.By == byConfiguration {
			have[store.Mute{Network: m.Network, Channel: m.Channel, Query: m.Query, Until: m.Until.UTC()}] = m.ID
		}
	}
	for _, m := range r.config.mutes() {
		if _, ok := have[m]; ok {
			delete(have, m)
			continue
		}
		m.By = byConfiguration
		if _, err := r.store.AddMute(ctx, m); err != nil {
			return fmt.Errorf("declare mutes: %w", err)
		}
	}
	for _, id := range have {
		if err := r.store.RemoveMute(ctx, id, byConfiguration); err != nil {
			return fmt.Errorf("declare mutes: %w", err)
		}
	}
	return nil
}

// byConfiguration marks what the configuration declares.
const byConfiguration = "configuration"

func (c *Config) mutes() []store.Mute {
	var all []store.Mute
	for _, m := range c.Mute {
		network, channel, _ := strings.Cut(m.To, ":")
		until, _ := time.Parse(time.DateOnly, m.Until) // checked with the configuration
		if !until.IsZero() {
			until = until.AddDate(0, 0, 1) // the day named still counts
		}
		all = append(all, store.Mute{Network: network, Channel: channel, Query: m.Query, Until: until})
	}
	return all
}

// quietHours are the configured ones by address.
func (c *Config) quietHours() map[string]deliver.Hours {
	quiet := map[string]deliver.Hours{}
	for _, s := range c.Subscription {
		if from, to, ok := strings.Cut(s.Quiet, "-"); ok {
			quiet[s.To] = deliver.Hours{From: strings.TrimSpace(from), To: strings.TrimSpace(to), Zone: s.Zone}
		}
	}
	return quiet
}
