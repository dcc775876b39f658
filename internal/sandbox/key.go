package sandbox

import (
	"crypto/rand"
	"crypto/rsa"
	"crypto/x509"
	"encoding/pem"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"github.com/golang-jwt/jwt/v4"
)

// generated is the key of all sandboxes of a process that are given none, since
// making one takes longer than starting a sandbox.
var generated = sync.OnceValues(func() (*rsa.PrivateKey, error) { return rsa.GenerateKey(rand.Reader, 2048) })

// loadKey reads the App's key, in either of the forms GitHub and OpenSSL write,
// or makes one.
func loadKey(text []byte) (*rsa.PrivateKey, error) {
	if len(text) == 0 {
		key, err := generated()
		if err != nil {
			return nil, fmt.Errorf("make the App's key: %w", err)
		}
		return key, nil
	}
	key, err := jwt.ParseRSAPrivateKeyFromPEM(text)
	if err != nil {
		return nil, fmt.Errorf("read the App's key: %w", err)
	}
	return key, nil
}

// PrivateKeyPEM is the App's key as GitHub hands it out: PKCS #1.
func (sb *Sandbox) PrivateKeyPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "RSA PRIVATE KEY", Bytes: x509.MarshalPKCS1PrivateKey(sb.key)})
}

// maxJWTLife is how far ahead a JWT's exp may be.
const maxJWTLife = 10 * time.Minute

// checkJWT verifies an App JWT: signature, issuer and times, with GitHub's words.
func (sb *Sandbox) checkJWT(text string) error {
	claims := jwt.RegisteredClaims{}
	parser := jwt.NewParser(jwt.WithValidMethods([]string{"RS256"}), jwt.WithoutClaimsValidation())
	_, err := parser.ParseWithClaims(text, &claims, func(*jwt.Token) (any, error) { return &sb.key.PublicKey, nil })
	if err != nil {
		return jwtError("A JSON web token could not be decoded")
	}
	return sb.checkClaims(claims)
}

func (sb *Sandbox) checkClaims(claims jwt.RegisteredClaims) error {
	now := sb.opts.AuthClock()
	switch {
	case claims.ExpiresAt == nil || !claims.ExpiresAt.After(now):
		return jwtError("'Expiration time' claim ('exp') must be a numeric value representing the future time at which the assertion expires")
	case claims.ExpiresAt.After(now.Add(maxJWTLife + time.Second)):
		return jwtError("'Expiration time' claim ('exp') is too far in the future")
	case claims.IssuedAt == nil || claims.IssuedAt.After(now):
		return jwtError("'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued")
	case claims.Issuer == "":
		return jwtError("Missing 'issuer' claim ('iss') in assertion")
	case claims.Issuer != strconv.FormatInt(sb.opts.AppID, 10):
		return &Error{Status: 404, Message: "Integration not found"}
	}
	return nil
}

func jwtError(message string) error { return &Error{Status: 401, Message: message} }

// refusal turns an error into the one to answer.
func refusal(err error) *Error {
	var refused *Error
	if errors.As(err, &refused) {
		return refused
	}
	return &Error{Status: 500, Message: "Server Error: " + err.Error()}
}
