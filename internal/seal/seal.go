// Package seal tells what Firebreak itself wrote into a comment from what people
// wrote there: whoever can write to a repository can edit the App's comments.
package seal

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/pem"
)

// Seal puts seals on texts. The zero value's are worth nothing; make one with New.
type Seal struct{ key []byte }

// New makes a seal of the App's private key, in PEM: it is the one secret that
// outlives the database, and too long to be guessed from a seal. Seals made with
// another key do not hold.
func New(privateKey string) Seal {
	secret := []byte(privateKey)
	if block, _ := pem.Decode(secret); block != nil {
		secret = block.Bytes // the same, however the file's lines end
	}
	return Seal{key: sum(secret, "firebreak: what stands in the App's own comments, v1")}
}

// Of returns a text's seal, 32 hexadecimal digits.
func (s Seal) Of(text string) string { return hex.EncodeToString(sum(s.key, text)[:16]) }

// Holds says whether the seal is that of the text.
func (s Seal) Holds(text, seal string) bool {
	return len(s.key) > 0 && hmac.Equal([]byte(s.Of(text)), []byte(seal))
}

func sum(key []byte, text string) []byte {
	m := hmac.New(sha256.New, key)
	m.Write([]byte(text))
	return m.Sum(nil)
}
