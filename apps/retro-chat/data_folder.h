// DataFolder: the folder where a chat keeps everything, held by one chat at a time.
//
// Two chats on one store would each believe that they alone number events and post lines. The second is refused at its start;
// `retrochat backup` needs no hold, as it only reads.
//
// Threads: set up only.
#pragma once

#include <filesystem>
#include <string>
#include <variant>

namespace retrochat {

class DataFolder {
 public:
  /// Makes the folder, readable by its owner only, if it is not there. The string says what is wrong.
  static std::variant<DataFolder, std::string> open(const std::filesystem::path& folder);

  ~DataFolder();
  DataFolder(DataFolder&& other) noexcept;
  DataFolder& operator=(DataFolder&&) = delete;

 private:
  explicit DataFolder(int descriptor) : descriptor_(descriptor) {}

  /// Of a file that is locked as long as it is open. The kernel lets go of it however the program ends.
  int descriptor_;
};

}  // namespace retrochat
