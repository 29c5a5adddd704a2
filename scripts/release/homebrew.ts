/**
 * The formula for Homebrew, for a tap.
 *
 * @module
 */

import { archiveOf, DESCRIPTION, type Release } from "./release.ts";

/**
 * Writes the formula.
 *
 * @param release The release.
 * @returns The content of `claude-key.rb`.
 * @throws {Error} If an archive is missing.
 */
export function formula(release: Release): string {
  const { repository, version } = release;
  const source = (triple: string) => {
    const { url, sha256 } = archiveOf(release, triple);
    return `url "${url}"\n      sha256 "${sha256}"`;
  };
  return `class ClaudeKey < Formula
  desc "${DESCRIPTION}"
  homepage "${repository.url}"
  version "${version}"
  license "MIT"

  on_macos do
    on_arm do
      ${source("aarch64-apple-darwin")}
    end
    on_intel do
      ${source("x86_64-apple-darwin")}
    end
  end

  on_linux do
    on_arm do
      ${source("aarch64-unknown-linux-gnu")}
    end
    on_intel do
      ${source("x86_64-unknown-linux-gnu")}
    end
  end

  def install
    bin.install "claude-key"
    generate_completions_from_executable(bin/"claude-key", "completions", shells: [:bash, :zsh, :fish])
  end

  def caveats
    <<~EOS
      claude-key runs op, the 1Password CLI:
        brew install --cask 1password-cli
    EOS
  end

  test do
    assert_equal "claude-key #{version}", shell_output("#{bin}/claude-key --version").strip
  end
end
`;
}
